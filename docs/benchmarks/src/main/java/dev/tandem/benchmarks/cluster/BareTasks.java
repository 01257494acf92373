package dev.tandem.benchmarks.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.IExecutorService;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/// The same as [Maps] with `IExecutorService.submitToMember` for each element: waited for one after
/// the other, and all submitted and then collected; and how many microseconds of CPU time each of
/// the latter costs the client.
public final class BareTasks {
  private static final int ROUNDS = 3;

  private BareTasks() {}

  public static void main(String[] args) throws Exception {
    var figures = new Figures();
    try (var nodes = new Nodes()) {
      nodes.start(Maps.SLOTS);
      var client = nodes.connect();
      IExecutorService executor = Bare.executor(client);
      Member member = Nodes.others(client, 1).getFirst();
      Work oneByOne = () -> oneByOne(executor, member);
      Work together = () -> together(executor, member);
      figures
          .add("oneByOne", Rounds.median(Maps.WARM_UP, ROUNDS, () -> rate(oneByOne)))
          .add("together", Rounds.median(Maps.WARM_UP, ROUNDS, () -> rate(together)))
          .add("cpu", Rounds.median(ROUNDS, () -> CpuTime.micros(together::sum) / Maps.ELEMENTS));
      client.shutdown();
    }
    figures.print();
  }

  private interface Work {
    long sum() throws Exception;
  }

  private static double rate(Work work) throws Exception {
    long begin = System.nanoTime();
    long sum = work.sum();
    double taken = Rounds.secondsSince(begin);
    Maps.mustBeSum(Maps.ELEMENTS, sum);
    return Maps.ELEMENTS / taken;
  }

  private static long oneByOne(IExecutorService executor, Member member) throws Exception {
    long sum = 0;
    for (int i = 0; i < Maps.ELEMENTS; i++) {
      sum += executor.submitToMember(new Bare.PlusOne(i), member).get();
    }
    return sum;
  }

  private static long together(IExecutorService executor, Member member) throws Exception {
    List<Future<Long>> futures = new ArrayList<>();
    for (int i = 0; i < Maps.ELEMENTS; i++) {
      futures.add(executor.submitToMember(new Bare.PlusOne(i), member));
    }
    long sum = 0;
    for (Future<Long> future : futures) {
      sum += future.get();
    }
    return sum;
  }
}
