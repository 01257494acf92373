package dev.tandem.examples.soak;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// A process pool that lives for one round: started, given a few tasks, and ended in one of the
/// ways there are, while it works.
final class ShortPoolLoad implements Load {
  private static final int WORKERS = 1;

  private final Deaths deaths;

  ShortPoolLoad(Deaths deaths) {
    this.deaths = deaths;
  }

  @Override
  public String name() {
    return "short pools";
  }

  @Override
  public void play(Round round) throws Exception {
    Account account = round.account();
    var told = new Told();
    int recycle = round.between(2, 10);
    ProcessPool pool =
        Tandem.newProcessPool(
            WORKERS,
            cf ->
                cf.withName("soak-short-pool")
                    .withMaxHeap(16L << 20)
                    .withRecycleAfter(recycle)
                    .withListener(told));
    List<Future<Integer>> futures = new ArrayList<>();
    List<Integer> ids = new ArrayList<>();
    for (int i = round.between(1, 30); i > 0; i--) {
      int id = account.enter();
      try {
        futures.add(pool.submit(() -> Account.valueOf(id)));
        ids.add(id);
      } catch (RejectedExecutionException _) {
        account.settle(id, Fate.REFUSED);
      }
    }
    TimeUnit.MILLISECONDS.sleep(round.random().nextInt(200));
    boolean stopped = end(round, pool);
    if (!pool.awaitTermination(1, TimeUnit.HOURS)) { // the watchdog waits less
      account.problem("does not terminate: " + pool.stats());
    }
    for (int i = 0; i < ids.size(); i++) {
      account.settle(
          ids.get(i),
          Outcome.of(futures.get(i)),
          failure -> stopped && deaths.saw(failure),
          stopped);
    }
    told.check(pool.stats(), account);
  }

  /// {@return whether tasks may have been stopped}
  private boolean end(Round round, ProcessPool pool) {
    int way = round.random().nextInt(5);
    if (way == 4) {
      pool.close();
      return false;
    }
    deaths.cause(WORKERS + 1); // one may be on its way out
    switch (way) {
      case 0 -> {
        var _ = pool.shutdownNow();
      }
      case 1 -> {
        var _ = pool.close(Duration.ofMillis(round.random().nextInt(50)));
      }
      case 2 -> pool.killWorkers();
      default -> pool.terminateWorkers();
    }
    return true;
  }
}
