package dev.tandem.examples.soak;

import java.util.concurrent.atomic.LongAdder;

/// Who was killed, and what it cost: the end of a worker process may cost the one task that it was
/// running, never two.
final class Deaths {
  private final LongAdder caused = new LongAdder();
  private final LongAdder seen = new LongAdder();

  /// Workers are about to die: killed from outside, or by a task that ends its process.
  void cause(int workers) {
    caused.add(workers);
  }

  /// A task failed because its worker died.
  ///
  /// @return true
  boolean saw() {
    seen.increment();
    return true;
  }

  long caused() {
    return caused.sum();
  }

  long seen() {
    return seen.sum();
  }

  /// Nothing is on its way.
  void check(Ledger ledger) {
    if (seen() > caused()) {
      ledger.problem("%d deaths of workers cost %d tasks".formatted(caused(), seen()));
    }
  }
}
