package dev.tandem.structured;

import dev.tandem.core.internal.Suppressed;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the subtasks of one scope threw, in the order in which they failed.
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);
  private static final int MAX_CHAIN = 100; // chains can be circular

  private final List<Throwable> all = new ArrayList<>();

  /// The same, to keep one that several subtasks threw once.
  private @Nullable Set<Throwable> distinct;

  private @Nullable Throwable first;

  /// The exception that the failures hang on, and how many of them do.
  private @Nullable Throwable wrapper;

  private int hung;

  /// @param late whether the scope had been cancelled, so that the subtask did not complete
  synchronized void add(Throwable failure, boolean late) {
    if (first == null && !late) {
      first = failure; // before anything that may run out of memory
    }
    if (distinct == null) {
      distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    if (distinct.add(failure)) {
      all.add(failure);
    }
  }

  /// The first failure that was not late.
  synchronized @Nullable Throwable first() {
    return first;
  }

  synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  /// Hangs those failures on a wrapper that do not hang on it yet. An exception of a subtask, or a
  /// part of one, is not a wrapper: it is left as it is.
  ///
  /// @return whether they hang now
  synchronized boolean hangOn(@Nullable Throwable target) {
    if (target == null || all.stream().anyMatch(failure -> hasInChain(failure, target))) {
      return false;
    }
    if (wrapper != target) {
      wrapper = target;
      hung = 0;
    }
    for (; hung < all.size(); hung++) {
      Suppressed.add(target, all.get(hung));
    }
    return true;
  }

  private static boolean hasInChain(Throwable failure, Throwable target) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < MAX_CHAIN; depth++) {
      if (t == target) {
        return true;
      }
      t = t.getCause();
    }
    return false;
  }

  /// Tells of failures that hang nowhere, beside the result of a scope that was joined: they are of
  /// subtasks that were told to stop, or whose failure a joiner did not mind.
  synchronized void logBeside(ScopeNode scope) {
    for (Throwable failure : all) {
      if (failure instanceof Error) {
        LOG.warn("{}: a subtask failed beside the result", scope, failure);
      } else if (comesOfInterrupt(failure)) {
        LOG.debug("{}: a subtask failed beside the result", scope, failure);
      } else {
        LOG.info("{}: a subtask failed beside the result: {}", scope, text(failure));
      }
    }
  }

  private static boolean comesOfInterrupt(Throwable failure) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < MAX_CHAIN; depth++) {
      if (t instanceof InterruptedException || t instanceof ClosedByInterruptException) {
        return true;
      }
      t = t.getCause();
    }
    return false;
  }

  private static String text(Throwable failure) {
    try {
      return failure.toString();
    } catch (Throwable _) {
      return failure.getClass().getName();
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
