package dev.tandem.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.internal.NodeArguments;
import dev.tandem.core.ExecutorStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/// A program that submits tasks to a cluster as it is told line by line, since a test cannot be on
/// the host of a [SplitNetwork] itself. What becomes of each task goes into the ledger.
final class SplitCaller {
  /// A system property: the caller is a client, and else a member.
  static final String CLIENT = "test.client";

  private final HazelcastInstance hazelcast;
  private final Map<String, ClusterExecutor> executors = new HashMap<>();

  private SplitCaller(HazelcastInstance hazelcast) {
    this.hazelcast = hazelcast;
  }

  /// @param args those of a [ClusterNode]
  public static void main(String[] args) throws IOException {
    NodeArguments arguments = NodeArguments.parse(args);
    HazelcastInstance hazelcast =
        Boolean.getBoolean(CLIENT)
            ? HazelcastClient.newHazelcastClient(clientConfig(arguments))
            : Hazelcast.newHazelcastInstance(arguments.toConfig());
    SplitCaller caller = new SplitCaller(hazelcast);
    System.out.println("ready " + address(hazelcast));
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        caller.obey(line.split(" "));
      }
    } catch (Throwable e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(1);
  }

  private static ClientConfig clientConfig(NodeArguments arguments) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(arguments.cluster());
    config.setProperty("hazelcast.logging.type", "slf4j");
    arguments.join().forEach(m -> config.getNetworkConfig().addAddress(m.toString()));
    return config;
  }

  private static String address(HazelcastInstance hazelcast) {
    var address = (InetSocketAddress) hazelcast.getLocalEndpoint().getSocketAddress();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private void obey(String... words) {
    switch (words[0]) {
      case "open" -> open(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "submit" ->
          submit(
              executors.get(words[1]),
              Ledger.in(Path.of(words[2])),
              words[3],
              Integer.parseInt(words[4]),
              Integer.parseInt(words[5]));
      case "look" -> System.out.println(words[1] + " " + look(executors.get(words[2])));
      case "nest" -> nest(executors.get(words[1]), words[1], Integer.parseInt(words[2]));
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private void open(String name, int retries, int inFlight) {
    var told = new Told(name);
    executors.put(
        name,
        ClusterExecutor.on(
            hazelcast,
            cf -> cf.withRetries(retries).withMaxInFlight(inFlight).withMemberListener(told)));
  }

  private record Told(String executor) implements ClusterMemberListener {
    @Override
    public void joined(ClusterMember member) {
      System.out.println(executor + ": joined " + member.address());
    }

    @Override
    public void left(ClusterMember member) {
      System.out.println(executor + ": left " + member.address());
    }
  }

  private static void submit(
      ClusterExecutor executor, Ledger ledger, String gate, int first, int tasks) {
    for (int i = first; i < first + tasks; i++) {
      int id = i;
      Future<Integer> future = executor.submit(() -> ledger.waitAt(gate, id));
      Thread.ofVirtual().start(() -> settle(future, ledger, id));
    }
  }

  private static void settle(Future<Integer> future, Ledger ledger, int id) {
    try {
      future.get();
      ledger.note("result", id);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MemberLostException lost) {
        ledger.note("lost " + lost.member(), id);
      } else {
        e.printStackTrace();
      }
    } catch (InterruptedException e) {
      e.printStackTrace();
    }
  }

  /// Submits tasks that wait for another on the same members.
  private static void nest(ClusterExecutor executor, String name, int tasks) {
    for (int i = 0; i < tasks; i++) {
      Future<String> future = executor.submit(() -> Nested.waitsForATask(() -> 1));
      Thread.ofVirtual()
          .start(() -> {
            try {
              System.out.println(name + ": nested " + future.get());
            } catch (InterruptedException | ExecutionException e) {
              e.printStackTrace();
            }
          });
    }
  }

  /// {@return what an executor knows}
  private String look(ClusterExecutor executor) {
    ExecutorStats stats = executor.stats();
    Set<UUID> there =
        hazelcast.getCluster().getMembers().stream()
            .map(Member::getUuid)
            .collect(Collectors.toSet());
    List<ClusterMember> members = executor.members();
    return "%d running, %d queued, %d in flight on %d members, %s"
        .formatted(
            stats.running(),
            stats.queued(),
            members.stream().mapToInt(ClusterMember::inFlight).sum(),
            members.size(),
            members.stream().map(ClusterMember::id).collect(Collectors.toSet()).equals(there)
                ? "those of the cluster"
                : "not those of the cluster");
  }
}
