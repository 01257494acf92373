package dev.tandem.pools.internal.executor;

import java.util.concurrent.atomic.LongAdder;

/// Counts the tasks of one executor.
public class TaskCounters {
  /// Counters for what is no task to users.
  public static final TaskCounters IGNORED =
      new TaskCounters() {
        @Override
        public long submitted() {
          return -super.submitted(); // no number of a task of any executor
        }
      };

  private final PaddedLong submitted = new PaddedLong(); // submitters write it, tasks the others
  private final LongAdder refused = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();

  /// {@return the number of the task submitted, from 1}
  public long submitted() {
    return submitted.addAndGet(1);
  }

  /// Takes back the count of a task that was not accepted after all.
  public void refused() {
    refused.increment();
  }

  public void succeeded() {
    succeeded.increment();
  }

  public void failed() {
    failed.increment();
  }

  public void cancelled() {
    cancelled.increment();
  }

  /// Adds the counts of a `map`.
  void add(long submittedItems, long succeededItems, long failedItems, long cancelledItems) {
    submitted.addAndGet(submittedItems);
    succeeded.add(succeededItems);
    failed.add(failedItems);
    cancelled.add(cancelledItems);
  }

  long submittedSoFar() {
    return submitted.get() - refused.sum();
  }

  public long succeededSoFar() {
    return succeeded.sum();
  }

  long failedSoFar() {
    return failed.sum();
  }

  public long cancelledSoFar() {
    return cancelled.sum();
  }
}
