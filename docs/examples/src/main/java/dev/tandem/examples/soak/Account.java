package dev.tandem.examples.soak;

import dev.tandem.core.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/// The part of the ledger that belongs to one round. Each thing that goes in gets a number; it has
/// to come out exactly once, with the value that belongs to the number.
final class Account {
  private final Ledger ledger;
  private final String name;
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicReferenceArray<Fate> fates;
  private final AtomicIntegerArray runs;

  Account(Ledger ledger, String name, int places) {
    this.ledger = ledger;
    this.name = name;
    this.fates = new AtomicReferenceArray<>(places);
    this.runs = new AtomicIntegerArray(places);
  }

  /// {@return the number of something new that goes in}
  int enter() {
    int id = entered.getAndIncrement();
    if (id >= fates.length()) {
      throw new IllegalStateException("%s: expected at most %d".formatted(name, fates.length()));
    }
    ledger.entered();
    return id;
  }

  /// {@return what a task with this number has to return}
  static int valueOf(int id) {
    return 31 * id + 7;
  }

  /// The body of the task runs.
  void ran(int id) {
    if (runs.incrementAndGet(id) > 1) {
      problem("ran twice: " + id);
    }
  }

  boolean hasRun(int id) {
    return runs.get(id) > 0;
  }

  /// It came out.
  void settle(int id, Fate fate) {
    if (id < 0 || id >= entered.get()) {
      problem("never went in: %d, %s".formatted(id, fate));
    } else if (settleIfOpen(id, fate)) {
      return;
    } else {
      problem("came out twice: %d, %s and %s".formatted(id, fates.get(id), fate));
    }
  }

  /// It came out if nothing else is known of it.
  ///
  /// @return whether nothing was
  boolean settleIfOpen(int id, Fate fate) {
    boolean first = fates.compareAndSet(id, null, fate);
    if (first) {
      ledger.left(fate);
    }
    return first;
  }

  boolean isOpen(int id) {
    return fates.get(id) == null;
  }

  /// A task came out.
  ///
  /// @param isExpected whether it may fail like this
  /// @param mayBeCancelled whether a canceller has cancelled it
  void settle(
      int id, Outcome<Integer> outcome, Predicate<Throwable> isExpected, boolean mayBeCancelled) {
    switch (outcome) {
      case Outcome.Success<Integer>(Integer value) -> {
        if (value != valueOf(id)) {
          problem("wrong value: %d gave %d".formatted(id, value));
        }
        settle(id, Fate.RESULT);
      }
      case Outcome.Failure<Integer>(Throwable failure) -> {
        if (!isExpected.test(failure)) {
          problem("failed, and should not: %d, %s".formatted(id, Problems.text(failure)));
        }
        settle(id, Fate.FAILURE);
      }
      case Outcome.Cancelled<Integer>() -> {
        if (!mayBeCancelled) {
          problem("cancelled, but by nobody: " + id);
        }
        settle(id, Fate.CANCELLED);
      }
    }
  }

  void problem(String what) {
    ledger.problem(name + ": " + what);
  }

  /// The round is over: everything has to have come out.
  void close() {
    for (int id = 0; id < entered.get(); id++) {
      if (isOpen(id)) {
        problem("never came out: " + id);
      }
    }
  }
}
