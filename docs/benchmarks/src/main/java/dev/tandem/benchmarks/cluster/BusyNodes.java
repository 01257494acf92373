package dev.tandem.benchmarks.cluster;

import dev.tandem.benchmarks.Figures;
import dev.tandem.cluster.ClusterExecutor;

/// Prints how many tasks of [Busy] a second a map runs from a client on one member with one slot,
/// from a member with a slot of its own on both, and from a client on two members with one slot
/// each; and the microseconds of CPU time that each of the last costs the client.
public final class BusyNodes {
  private BusyNodes() {}

  public static void main(String[] args) throws Exception {
    var figures = new Figures();
    try (var nodes = new Nodes()) {
      nodes.start(1);
      var client = nodes.connect();
      try (var cluster = ClusterExecutor.on(client)) {
        figures.add("one", Busy.rate(cluster));
      }
      var member = nodes.join(1);
      try (var cluster = ClusterExecutor.on(member)) {
        figures.add("share", Busy.rate(cluster));
      }
      member.shutdown();
      nodes.start(1);
      Nodes.others(client, 2);
      try (var cluster = ClusterExecutor.on(client)) {
        figures.add("two", Busy.rate(cluster)).add("cpu", Busy.cpu(cluster));
      }
      client.shutdown();
    }
    figures.print();
  }
}
