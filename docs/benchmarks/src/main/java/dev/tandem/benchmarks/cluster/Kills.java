package dev.tandem.benchmarks.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.core.SerializableRunnable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Prints how many milliseconds pass from the SIGKILL of one of two members, the first that this
/// program sees, until the future of the task that it ran has failed at a client.
public final class Kills {
  static final int LONG_MILLIS = 600_000;
  private static final int UNTIL_IT_RUNS_MILLIS = 1_000;
  private static final SerializableRunnable SLEEP = () -> Thread.sleep(LONG_MILLIS);

  private Kills() {}

  public static void main(String[] args) throws Exception {
    print(Kills::submit);
  }

  /// How a member gets a task.
  interface Way {
    /// Starts a second member, and gives each of the two a task that sleeps for long.
    ///
    /// @return the task of the second
    Future<?> submit(HazelcastInstance hazelcast, Nodes nodes) throws Exception;
  }

  static void print(Way way) throws Exception {
    double taken;
    try (var nodes = new Nodes()) {
      nodes.start(1);
      var client = nodes.connect();
      Future<?> victim = way.submit(client, nodes);
      Thread.sleep(UNTIL_IT_RUNS_MILLIS);
      long begin = System.nanoTime();
      nodes.killLast();
      awaitFailure(victim);
      taken = Rounds.millisecondsSince(begin);
      client.getLifecycleService().terminate();
    }
    new Figures().add("killed", taken).print();
  }

  private static void awaitFailure(Future<?> victim) throws InterruptedException {
    try {
      victim.get();
    } catch (ExecutionException _) {
      return;
    }
    throw new IllegalStateException("the task of a killed member had a result");
  }

  private static Future<?> submit(HazelcastInstance hazelcast, Nodes nodes) throws Exception {
    var cluster = ClusterExecutor.on(hazelcast); // ends with its client
    var _ = cluster.submit(SLEEP); // has the only slot
    nodes.start(1);
    Nodes.others(hazelcast, 2);
    return cluster.submit(SLEEP);
  }
}
