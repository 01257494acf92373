package dev.tandem.examples.soak;

import dev.tandem.pools.WorkerCrashedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Who was killed, and what it cost: the end of a worker process may cost the one task that it was
/// running, never two.
final class Deaths {
  private final Ledger ledger;
  private final LongAdder caused = new LongAdder();
  private final LongAdder seen = new LongAdder();

  /// Of the workers that cost a task since it was quiet last; the system uses them again later.
  private final Set<Long> pids = ConcurrentHashMap.newKeySet();

  Deaths(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Workers are about to die: killed from outside, or by a task that ends its process.
  void cause(int workers) {
    caused.add(workers);
  }

  /// {@return whether a task failed because its worker died}
  boolean saw(Throwable failure) {
    if (!(failure instanceof WorkerCrashedException crash)) {
      return false;
    }
    seen.increment();
    if (!pids.add(crash.pid())) {
      ledger.problem("a death that cost more than one task: " + crash.getMessage());
    }
    return true;
  }

  long caused() {
    return caused.sum();
  }

  long seen() {
    return seen.sum();
  }

  /// Nothing is on its way.
  void check() {
    if (seen() > caused()) {
      ledger.problem("%d deaths of workers cost %d tasks".formatted(caused(), seen()));
    }
    pids.clear();
  }
}
