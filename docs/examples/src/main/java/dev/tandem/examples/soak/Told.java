package dev.tandem.examples.soak;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import java.util.concurrent.atomic.LongAdder;

/// What a listener was told; has to agree with itself and with what the executor counted.
final class Told implements TaskListener {
  private final LongAdder submitted = new LongAdder();
  private final LongAdder outcomes = new LongAdder();
  private final LongAdder ended = new LongAdder();

  @Override
  public void submitted(TaskInfo task) {
    submitted.increment();
  }

  @Override
  public void succeeded(TaskInfo task) {
    outcomes.increment();
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    outcomes.increment();
  }

  @Override
  public void cancelled(TaskInfo task) {
    outcomes.increment();
  }

  @Override
  public void ended(TaskInfo task) {
    ended.increment();
  }

  /// The executor has terminated.
  void check(ExecutorStats stats, Account account) {
    long in = submitted.sum();
    if (outcomes.sum() != in || ended.sum() != in) {
      account.problem(
          "a listener was told of %d tasks, %d outcomes, %d ends"
              .formatted(in, outcomes.sum(), ended.sum()));
    }
    if (stats.completed() != stats.submitted() || stats.running() + stats.queued() != 0) {
      account.problem("the counts of a terminated executor: " + stats);
    }
  }
}
