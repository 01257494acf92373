package dev.tandem.structured;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The joiner of [TaskScope.Joiner#allSettled()].
final class AllSettled<T extends @Nullable Object>
    extends OwnJoiner<T, List<Outcome<T>>, RuntimeException> {
  private final ForkOrder<T> subtasks = new ForkOrder<>();

  @Override
  public boolean onFork(Subtask<T> s) {
    checkForked(s);
    subtasks.add(s);
    return false;
  }

  @Override
  public List<Outcome<T>> result() {
    return subtasks.map(Subtask::outcome);
  }

  @Override
  public List<Outcome<T>> timeout() {
    return result();
  }
}
