package dev.tandem.cluster.internal;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import java.util.List;

/// A configuration of a Hazelcast member that opens no more than it must.
public final class SafeConfig {
  private static final String LOOPBACK = "127.0.0.1";

  private SafeConfig() {}

  /// {@return the configuration of a member}
  ///
  /// @param slots how many tasks it runs at once
  public static Config create(int slots) {
    Config config = new Config();
    config.setClusterName("tandem");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    // its hook ends the member beside the application's hooks, and what they still wait for is lost
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "20");
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(false);
    config.getIntegrityCheckerConfig().setEnabled(false);
    NetworkConfig network = config.getNetworkConfig();
    network.setPublicAddress(null);
    network.getInterfaces().setEnabled(true).setInterfaces(List.of(LOOPBACK));
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(List.of(LOOPBACK));
    announce(config, slots);
    return config;
  }

  /// Sets how many tasks the member runs at once.
  public static void announce(Config config, int slots) {
    config.getMemberAttributeConfig().setAttribute(NodeOptions.SLOTS, Integer.toString(slots));
    config.addExecutorConfig(new ExecutorConfig(NodeOptions.EXECUTOR, slots));
  }
}
