package dev.tandem.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A member of Hazelcast's own, in a JVM that has Hazelcast's jar and none of Tandem's. It ends
/// with the JVM that has started it.
final class PlainMember {
  static final MemberJvm.Start START =
      MemberJvm.Start.PLAIN.main(PlainMember.class).without(PlainMember::isTandem);

  private PlainMember() {}

  private static boolean isTandem(String entry) {
    try {
      var location = ClusterNode.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(entry).equals(Path.of(location.toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /// @param args pairs, as [ClusterNode] has them
  public static void main(String[] args) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      given.put(args[i], args[i + 1]);
    }
    Config config = new Config();
    config.setClusterName(given.get("--cluster"));
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    var network = config.getNetworkConfig().setPort(Integer.parseInt(given.get("--port")));
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    List<String> others = given.containsKey("--join") ? List.of(given.get("--join")) : List.of();
    network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(others);
    var address = Hazelcast.newHazelcastInstance(config).getCluster().getLocalMember().getAddress();
    System.out.println("ready " + address.getHost() + ":" + address.getPort());
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(1);
  }
}
