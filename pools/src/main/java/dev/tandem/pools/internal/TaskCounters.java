package dev.tandem.pools.internal;

import java.util.concurrent.atomic.LongAdder;

/// Counts the tasks of one executor.
class TaskCounters {
  /// For what is not a task to anybody outside.
  static final TaskCounters IGNORED =
      new TaskCounters() {
        @Override
        long submitted() {
          return -super.submitted(); // no number of a task of any executor
        }
      };

  private final PaddedLong submitted = new PaddedLong(); // submitters write it, tasks the others
  private final LongAdder refused = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();

  /// {@return the number of the task submitted, from 1}
  long submitted() {
    return submitted.addAndGet(1);
  }

  /// A task that was counted as submitted was not accepted after all.
  void refused() {
    refused.increment();
  }

  void succeeded() {
    succeeded.increment();
  }

  void failed() {
    failed.increment();
  }

  void cancelled() {
    cancelled.increment();
  }

  /// Adds what a `map` counted by itself.
  void add(long submittedItems, long succeededItems, long failedItems, long cancelledItems) {
    submitted.addAndGet(submittedItems);
    succeeded.add(succeededItems);
    failed.add(failedItems);
    cancelled.add(cancelledItems);
  }

  long submittedSoFar() {
    return submitted.get() - refused.sum();
  }

  long succeededSoFar() {
    return succeeded.sum();
  }

  long failedSoFar() {
    return failed.sum();
  }

  long cancelledSoFar() {
    return cancelled.sum();
  }
}
