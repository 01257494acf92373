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

  /// Maps each handle, into an unmodifiable list. The function may interrupt a thread, whose
  /// `interrupt` may be a user's code, and is therefore called without the lock.
  <U extends @Nullable Object> List<U> map(Function<? super Subtask<T>, ? extends U> fn) {
    List<Subtask<T>> forked;
    synchronized (this) {
      forked = List.copyOf(all);
    }
    List<U> list = new ArrayList<>(forked.size());
    for (Subtask<T> s : forked) {
      list.add(fn.apply(s));
    }
    return Collections.unmodifiableList(list);
  }
}
