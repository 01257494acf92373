package com.example.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterExecutor;
import java.util.List;
import java.util.stream.IntStream;

/// The same line on the nodes of a cluster: a client of a node that was started before.
public final class ClusterNewcomer {
  private ClusterNewcomer() {}

  /// @param args the name of the cluster, and the address of a node
  public static void main(String[] args) throws Exception {
    ClientConfig config = new ClientConfig().setClusterName(args[0]);
    config.getNetworkConfig().addAddress(args[1]);
    HazelcastInstance hazelcast = HazelcastClient.newHazelcastClient(config);
    try (var cluster = ClusterExecutor.on(hazelcast)) {
      List<Integer> numbers = IntStream.rangeClosed(1, 10).boxed().toList();
      try (var squares = cluster.map(numbers, ClusterNewcomer::square)) {
        System.out.println("cluster " + squares.toList());
      }
      long own = ProcessHandle.current().pid();
      boolean elsewhere = cluster.submit(() -> ProcessHandle.current().pid() != own).get();
      System.out.println("elsewhere " + elsewhere);
      System.out.println("members " + cluster.members().size());
    } finally {
      hazelcast.shutdown();
    }
  }

  private static int square(int number) {
    return number * number;
  }
}
