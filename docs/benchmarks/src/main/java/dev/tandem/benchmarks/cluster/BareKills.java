package dev.tandem.benchmarks.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import java.util.List;
import java.util.concurrent.Future;

/// The same as [Kills] with `IExecutorService.submitToMember`.
public final class BareKills {
  private BareKills() {}

  public static void main(String[] args) throws Exception {
    Kills.print(BareKills::submit);
  }

  private static Future<?> submit(HazelcastInstance hazelcast, Nodes nodes) throws Exception {
    nodes.start(1);
    IExecutorService executor = Bare.executor(hazelcast);
    List<Member> members = Nodes.others(hazelcast, 2); // in the order in which they joined
    var sleep = new Bare.Sleep(Kills.LONG_MILLIS);
    var _ = executor.submitToMember(sleep, members.getFirst());
    return executor.submitToMember(sleep, members.getLast());
  }
}
