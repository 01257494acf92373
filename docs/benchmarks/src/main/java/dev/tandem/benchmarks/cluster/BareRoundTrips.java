package dev.tandem.benchmarks.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;

/// The same as [RoundTrips] with `IExecutorService.submitToMember`.
public final class BareRoundTrips {
  private BareRoundTrips() {}

  public static void main(String[] args) throws Exception {
    RoundTrips.print(BareRoundTrips::median);
  }

  private static double median(HazelcastInstance hazelcast) throws Exception {
    IExecutorService executor = Bare.executor(hazelcast);
    Member member = Nodes.others(hazelcast, 1).getFirst();
    return RoundTrips.median(() -> executor.submitToMember(new Bare.Nothing(), member).get());
  }
}
