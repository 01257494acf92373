package dev.tandem.examples.soak;

import dev.tandem.core.Settled;
import dev.tandem.pools.ProcessPool;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A `mapSettled` in worker processes: a worker that dies costs one input.
final class WorkerMap {
  private WorkerMap() {}

  static void play(Round round, ProcessPool pool, Deaths deaths) {
    Account account = round.account();
    List<Integer> ids =
        IntStream.range(0, round.between(1, 300)).mapToObj(_ -> account.enter()).toList();
    int failing = round.between(5, 100);
    int chunk = round.between(1, 50);
    boolean unordered = round.oneIn(2);
    try (Stream<Settled<Integer, Integer>> all =
        pool.mapSettled(
            ids,
            id -> valueOf(id, failing),
            cf -> unordered ? cf.withChunkSize(chunk).unordered() : cf.withChunkSize(chunk))) {
      all.forEach(each ->
          account.settle(
              each.input(),
              each.outcome(),
              failure ->
                  deaths.saw(failure)
                      || (failure instanceof SoakFailure && each.input() % failing == 0),
              false));
    }
  }

  private static int valueOf(int id, int failing) {
    if (id % failing == 0) {
      throw new SoakFailure();
    }
    return Account.valueOf(id);
  }
}
