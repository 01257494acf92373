package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Subtask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The handles of all subtasks of a scope, in the order of their forks.
final class ForkOrder<T extends @Nullable Object> {
  private final List<Subtask<T>> all = new ArrayList<>();

  synchronized void add(Subtask<T> s) {
    all.add(s);
  }

  /// What a function makes of each, in a list that cannot be changed.
  synchronized <U extends @Nullable Object> List<U> map(
      Function<? super Subtask<T>, ? extends U> fn) {
    List<U> list = new ArrayList<>(all.size());
    for (Subtask<T> s : all) {
      list.add(fn.apply(s));
    }
    return Collections.unmodifiableList(list);
  }
}
