package dev.tandem.benchmarks.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.core.SerializableRunnable;

/// Prints how many microseconds an empty task takes, from `submit` until `get` returns, on a member
/// that is another process: from a client, and from a member without slots; and how many with
/// `IExecutorService.submitToMember`. One goes after the other, by turns.
public final class RoundTrips {
  private static final SerializableRunnable NOTHING = () -> {};
  private static final int WARM_UP = 15_000;
  private static final int TRIPS = 5_000;
  private static final int SLOTS = 2;

  private RoundTrips() {}

  public static void main(String[] args) throws Exception {
    var figures = new Figures();
    try (var nodes = new Nodes()) {
      nodes.start(SLOTS);
      add("client", nodes.connect(), figures);
      add("member", nodes.join(0), figures);
    }
    figures.print();
  }

  private static void add(String name, HazelcastInstance hazelcast, Figures figures)
      throws Exception {
    IExecutorService executor = Bare.executor(hazelcast);
    Member member = Nodes.others(hazelcast, 1).getFirst();
    double[] ours = new double[TRIPS];
    double[] bare = new double[TRIPS];
    try (var cluster = ClusterExecutor.on(hazelcast)) {
      for (int i = -WARM_UP; i < TRIPS; i++) {
        int at = Math.max(0, i);
        ours[at] = micros(() -> cluster.submit(NOTHING).get());
        bare[at] = micros(() -> executor.submitToMember(new Bare.Nothing(), member).get());
      }
    }
    hazelcast.shutdown();
    figures.add(name, Rounds.median(ours)).add(name + "Bare", Rounds.median(bare));
  }

  private interface Trip {
    void run() throws Exception;
  }

  private static double micros(Trip trip) throws Exception {
    long begin = System.nanoTime();
    trip.run();
    return (System.nanoTime() - begin) / 1e3;
  }
}
