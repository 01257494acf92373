package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.concurrent.atomic.AtomicInteger;

/// Fails with the first failure, and counts what it is told.
final class StressJoiner extends ThrowingJoiner<Integer, String, RuntimeException> {
  private final AtomicInteger completions = new AtomicInteger();

  StressJoiner() {
    super(IllegalStateException::new);
  }

  @Override
  public boolean onComplete(Subtask<Integer> s) {
    completions.incrementAndGet();
    return s.state() == Subtask.State.FAILED;
  }

  @Override
  public String result() {
    throwFirstFailure();
    return "joined";
  }

  @Override
  public String timeout() {
    return "timed out";
  }

  int completions() {
    return completions.get();
  }
}
