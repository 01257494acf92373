package dev.tandem.benchmarks.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.core.SerializableRunnable;
import java.time.Duration;

/// Prints how many microseconds an empty task takes, from `submit` until `get` returns, on a member
/// that is another process: from a client, and from a member without slots.
public final class RoundTrips {
  private static final SerializableRunnable NOTHING = () -> {};
  private static final Duration WARM_UP = Duration.ofMillis(4_000);
  private static final int TRIPS = 5_000;
  private static final int SLOTS = 2;

  private RoundTrips() {}

  public static void main(String[] args) throws Exception {
    print(RoundTrips::median);
  }

  /// How a round trip goes.
  interface Way {
    /// {@return its median}
    double median(HazelcastInstance hazelcast) throws Exception;
  }

  static void print(Way way) throws Exception {
    var figures = new Figures();
    try (var nodes = new Nodes()) {
      nodes.start(SLOTS);
      figures.add("client", median(nodes.connect(), way));
      figures.add("member", median(nodes.join(0), way));
    }
    figures.print();
  }

  private static double median(HazelcastInstance hazelcast, Way way) throws Exception {
    try {
      return way.median(hazelcast);
    } finally {
      hazelcast.shutdown();
    }
  }

  private static double median(HazelcastInstance hazelcast) throws Exception {
    try (var cluster = ClusterExecutor.on(hazelcast)) {
      return median(() -> cluster.submit(NOTHING).get());
    }
  }

  /// A task there and back.
  interface Trip {
    void run() throws Exception;
  }

  static double median(Trip trip) throws Exception {
    return Rounds.median(WARM_UP, TRIPS, () -> micros(trip));
  }

  private static double micros(Trip trip) throws Exception {
    long begin = System.nanoTime();
    trip.run();
    return (System.nanoTime() - begin) / 1e3;
  }
}
