package dev.tandem.structured;

import dev.tandem.core.internal.Suppressed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the subtasks of one scope threw, in the order in which they failed.
final class Failures {
  private final List<Throwable> all = new ArrayList<>();
  private @Nullable Throwable first;

  /// The exception that the failures hang on, and how many of them do.
  private @Nullable Throwable wrapper;

  private int hung;

  /// @param late whether the scope had been cancelled, so that the subtask did not complete
  synchronized void add(Throwable failure, boolean late) {
    if (first == null && !late) {
      first = failure; // before anything that may run out of memory
    }
    all.add(failure);
  }

  /// The first failure that was not late.
  synchronized @Nullable Throwable first() {
    return first;
  }

  synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  /// Hangs those failures on a wrapper that do not hang on it yet. An exception of a subtask is not
  /// a wrapper: it is left as it is.
  synchronized void hangOn(Throwable target) {
    if (wrapper != target) {
      wrapper = target;
      hung = 0;
    }
    for (Throwable failure : all) {
      if (failure == target) {
        return;
      }
    }
    for (; hung < all.size(); hung++) {
      Suppressed.add(target, all.get(hung));
    }
  }

  /// All of them as one: the first, with the others suppressed in a wrapper.
  synchronized Throwable joined() {
    Throwable only = all.get(0);
    if (all.size() == 1) {
      return only;
    }
    Throwable joined = new RuntimeException(all.size() + " subtasks failed", only);
    all.forEach(failure -> Suppressed.add(joined, failure));
    return joined;
  }
}
