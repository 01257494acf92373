package dev.tandem.structured;

import dev.tandem.core.internal.Suppressed;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the subtasks of one scope threw, in the order in which they failed.
final class Failures {
  private final List<Throwable> all = new ArrayList<>();

  /// The same, to keep one that several subtasks threw once.
  private @Nullable Set<Throwable> distinct;

  private @Nullable Throwable first;

  /// The exception that the failures hang on, and how many of them do.
  private @Nullable Throwable wrapper;

  private int hung;

  /// Whether nothing can be hung on the wrapper: it was made so. The first that hangs shows it.
  private boolean refuses;

  private boolean takes;

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

  private synchronized List<Throwable> copy() {
    return List.copyOf(all);
  }

  /// Hangs those failures that do not hang there yet on an exception that was made for this scope.
  ///
  /// @return whether all hang now: null is no exception, and one can be made so that it takes none
  boolean hangOn(@Nullable Throwable target) {
    if (target == null) {
      return isEmpty();
    }
    Throwable cause = Causes.of(target); // outside the lock: it may be of a user's class
    synchronized (this) {
      if (wrapper != target) {
        wrapper = target;
        hung = 0;
        refuses = false;
        takes = false;
      }
      while (!refuses && hung < all.size()) {
        Throwable failure = all.get(hung);
        if (failure != target && failure != cause) {
          target.addSuppressed(failure);
          takes = takes || target.getSuppressed().length > 0;
          refuses = !takes;
        }
        if (!refuses) {
          hung++;
        }
      }
      return !refuses;
    }
  }

  /// Tells of failures that hang nowhere, beside the result of a scope that was joined: they are of
  /// subtasks that were told to stop, or whose failure a joiner did not mind.
  ///
  /// @param thrown what `join` threw: what is in it has been told
  void logBeside(ScopeNode scope, @Nullable Throwable thrown) {
    String text = "{}: a subtask failed beside the result";
    Set<Throwable> told = Causes.chain(thrown);
    for (Throwable failure : copy()) {
      if (told.contains(failure)) {
        continue;
      }
      if (failure instanceof Error) {
        Logs.warn(text, scope, failure);
      } else if (Causes.chain(failure).stream().anyMatch(Failures::isOfInterrupt)) {
        Logs.debug(text, scope, failure);
      } else {
        Logs.info(text, scope, failure);
      }
    }
  }

  /// Whether an exception only says that a thread was interrupted.
  static boolean isOfInterrupt(Throwable e) {
    return e instanceof InterruptedException
        || e instanceof ClosedByInterruptException
        || e instanceof FileLockInterruptionException
        || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
  }

  /// All of them as one: the first, with the others suppressed in a wrapper.
  Throwable joined() {
    List<Throwable> failures = copy();
    Throwable only = failures.getFirst();
    if (failures.size() == 1) {
      return only;
    }
    Throwable joined = new RuntimeException(failures.size() + " subtasks failed", only);
    failures.forEach(failure -> Suppressed.add(joined, failure));
    return joined;
  }
}
