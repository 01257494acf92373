package dev.tandem.structured;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The joiner of [TaskScope.Joiner#allUntil(Predicate)].
final class AllUntil<T extends @Nullable Object>
    extends OwnJoiner<T, List<Subtask<T>>, RuntimeException> {
  private final ForkOrder<T> subtasks = new ForkOrder<>();
  private final Predicate<? super Subtask<T>> isDone;

  AllUntil(Predicate<? super Subtask<T>> isDone) {
    this.isDone = notNull(isDone, "isDone");
  }

  @Override
  public boolean onFork(Subtask<T> s) {
    checkForked(s);
    subtasks.add(s);
    return false;
  }

  @Override
  public boolean onComplete(Subtask<T> s) {
    checkCompleted(s);
    return isDone.test(s);
  }

  @Override
  public List<Subtask<T>> result() {
    return subtasks.map(Function.identity());
  }

  @Override
  public List<Subtask<T>> timeout() {
    return result();
  }
}
