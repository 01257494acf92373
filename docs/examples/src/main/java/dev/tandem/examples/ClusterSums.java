package dev.tandem.examples;

import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.examples.cluster.Nodes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The sums of [SumOfSquares], by the same line, on two nodes of a cluster. One of them is killed
/// when half of the sums are there; what it was at, the other does.
final class ClusterSums {
  private ClusterSums() {}

  static List<Long> oneNodeKilled(Nodes nodes, List<Long> limits) {
    var killer = new Killer(nodes, limits.size() / 2);
    try (var cluster =
        ClusterExecutor.on(nodes.client(), cf -> cf.withRetries(3).withListener(killer))) {
      return SumOfSquares.sums(cluster, limits);
    }
  }

  /// Kills the second node after so many sums.
  private static final class Killer implements TaskListener {
    private final Nodes nodes;
    private final AtomicInteger left;

    Killer(Nodes nodes, int sums) {
      this.nodes = nodes;
      this.left = new AtomicInteger(sums);
    }

    @Override
    public void succeeded(TaskInfo task) {
      if (left.decrementAndGet() == 0) {
        nodes.kill(1);
      }
    }
  }

  static void main() throws Exception {
    List<Long> limits = SumOfSquares.limits(8, 200_000_000);
    Timed.print("sequential", () -> SumOfSquares.sequential(limits).size() + " sums");
    Timed.print("threads", () -> SumOfSquares.threads(limits).size() + " sums");
    Timed.print("processes", () -> SumOfSquares.processes(limits).size() + " sums");
    try (var nodes = Nodes.start(2)) {
      Timed.print("one killed", () -> oneNodeKilled(nodes, limits).size() + " sums");
    }
  }
}
