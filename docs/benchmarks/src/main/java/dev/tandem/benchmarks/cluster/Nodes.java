package dev.tandem.benchmarks.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterNode;
import dev.tandem.cluster.internal.NodeOptions;
import dev.tandem.cluster.internal.SafeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The members of a cluster of this program alone, each a process, on ports that were free.
final class Nodes implements AutoCloseable {
  private static final String READY = "ready ";
  private static final long PATIENCE_MILLIS = 60_000;

  private final String cluster = "benchmark-" + UUID.randomUUID();
  private final List<Process> processes = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  /// Starts a member, and waits until it is ready.
  ///
  /// @param slots how many tasks it runs at once
  void start(int slots) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dhazelcast.logging.type=slf4j",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                "--port",
                "0",
                "--cluster",
                cluster,
                "--slots",
                "" + slots));
    if (!addresses.isEmpty()) {
      command.addAll(List.of("--join", addresses.getFirst()));
    }
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    processes.add(process);
    addresses.add(address(process.inputReader()));
  }

  private static String address(BufferedReader output) throws IOException {
    for (String line; (line = output.readLine()) != null; ) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length());
      }
    }
    throw new IOException("a member has ended before it was ready");
  }

  /// Kills the member that was started last, as SIGKILL does.
  void killLast() {
    processes.getLast().destroyForcibly();
  }

  /// {@return a client of the members}
  HazelcastInstance connect() {
    ClientConfig config = new ClientConfig().setClusterName(cluster);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.getNetworkConfig().addAddress(addresses.getFirst());
    return HazelcastClient.newHazelcastClient(config);
  }

  /// {@return a member in this JVM}
  ///
  /// @param slots how many tasks of a cluster executor it runs at once, perhaps 0
  HazelcastInstance join(int slots) {
    Config config = ClusterNode.config().setClusterName(cluster);
    config.getNetworkConfig().setPort(0).getJoin().getTcpIpConfig().setMembers(addresses);
    if (slots > 0) {
      SafeConfig.announce(config, slots);
    } else {
      config.getMemberAttributeConfig().setAttribute(NodeOptions.SLOTS, "0");
    }
    return Hazelcast.newHazelcastInstance(config);
  }

  /// {@return the members that are other JVMs, when there are so many}
  static List<Member> others(HazelcastInstance hazelcast, int count) throws InterruptedException {
    for (int waited = 0; waited < PATIENCE_MILLIS; waited++) {
      List<Member> others =
          hazelcast.getCluster().getMembers().stream().filter(m -> !m.localMember()).toList();
      if (others.size() == count) {
        return others;
      }
      Thread.sleep(1);
    }
    throw new IllegalStateException(
        "members: %s (expected: %d others)".formatted(hazelcast.getCluster().getMembers(), count));
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
