package dev.tandem.core.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The exceptions of several threads that work for one owner, in the order of the failures. The
/// first failure becomes the cause of a wrapper that is thrown; the others are suppressed in the
/// wrapper, never in the first failure: that one is the user's object, may be shared, may be thrown
/// twice, and may be the same object as a later failure.
public final class Failures {
  private List<Throwable> all = List.of(); // until there is a failure

  /// The elements of `all`, so that an exception that several threads threw is kept once.
  private @Nullable Set<Throwable> distinct;

  private @Nullable Throwable first;
  private int added;

  /// The exception in which the failures are suppressed, and the number of those that are.
  private @Nullable Throwable wrapper;

  private int hung;

  /// Whether the wrapper was made without suppression. The first failure that is added shows it.
  private boolean refuses;

  private boolean takes;

  /// Adds a failure.
  ///
  /// @param late whether the failure came after the end was decided, so that it is never the first
  public synchronized void add(Throwable failure, boolean late) {
    if (first == null && !late) {
      first = failure; // before anything that may run out of memory
    }
    added++;
    if (distinct == null) {
      all = new ArrayList<>();
      distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    if (distinct.add(failure)) {
      all.add(failure);
    }
  }

  /// {@return the first failure that was not late, or null}
  public synchronized @Nullable Throwable first() {
    return first;
  }

  /// {@return whether there is no failure, late ones included}
  public synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  /// {@return how often a failure was added, the same ones included}
  public synchronized int added() {
    return added;
  }

  /// {@return all failures until now}
  public synchronized List<Throwable> all() {
    return List.copyOf(all);
  }

  /// Suppresses the failures that are not in it yet in an exception that was made for them.
  ///
  /// @param target the exception, or null if there is none
  /// @return whether all failures are in it now; false for null, and for an exception that was made
  ///   without suppression
  public boolean hangOn(@Nullable Throwable target) {
    if (target == null) {
      return isEmpty();
    }
    Throwable cause = Causes.of(target); // outside the lock: getCause may be users' code
    synchronized (this) {
      if (wrapper != target) {
        wrapper = target;
        hung = 0;
        refuses = false;
        takes = false;
      }
      while (!refuses && hung < all.size()) {
        if (suppress(target, cause, all.get(hung))) {
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

  /// Suppresses a later failure in a wrapper, unless it is the wrapper itself or its cause.
  public static void suppress(Throwable wrapper, @Nullable Throwable later) {
    if (later != null) {
      suppress(wrapper, wrapper.getCause(), later);
    }
  }

  private static boolean suppress(Throwable wrapper, @Nullable Throwable cause, Throwable later) {
    if (later == wrapper || later == cause) {
      return false;
    }
    wrapper.addSuppressed(later);
    return true;
  }
}
