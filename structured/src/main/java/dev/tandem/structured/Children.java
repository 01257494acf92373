package dev.tandem.structured;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The subtasks of one scope whose threads may be alive: a stack linked through [Child#older].
///
/// Adding is one compare-and-set of the newest; R. K. Treiber, "Systems Programming: Coping with
/// Parallelism" (IBM RJ 5118, 1986). Taking out is rare, done by one thread at a time, and never
/// touches the newest: only `older` of nodes that are in the stack is changed, to skip those that
/// are over. A walker that stands on a node while it is skipped goes on from there: its `older`
/// still leads to every older subtask that is not over. So whoever walks sees each subtask that was
/// added before and is not over.
final class Children {
  private static final VarHandle NEWEST;
  private static final VarHandle SWEEPING;
  private static final int SWEEP_EVERY = 256;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEWEST = lookup.findVarHandle(Children.class, "newest", Child.class);
      SWEEPING = lookup.findVarHandle(Children.class, "sweeping", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Child<?> newest;

  /// True while a thread takes out what is over. Its release makes what was done visible to the
  /// next.
  @SuppressWarnings("UnusedVariable") // read through SWEEPING
  private volatile boolean sweeping;

  /// How many were taken out. Written by the sweeper.
  private volatile int swept;

  void add(Child<?> child) {
    Child<?> head;
    do {
      head = newest;
      child.older = head;
    } while (!NEWEST.compareAndSet(this, head, child));
  }

  /// The subtask that was added last; null if there is none. The others follow through
  /// [Child#older].
  @Nullable Child<?> newest() {
    return newest;
  }

  void forEach(Consumer<Child<?>> action) {
    for (Child<?> child = newest; child != null; child = child.older) {
      action.accept(child);
    }
  }

  /// The oldest subtask in this state; null if there is none.
  @Nullable Child<?> oldestIn(int state) {
    Child<?> oldest = null;
    for (Child<?> child = newest; child != null; child = child.older) {
      if (child.stage() == state) {
        oldest = child;
      }
    }
    return oldest;
  }

  /// Whether a subtask runs on this thread.
  boolean contains(Thread thread) {
    for (Child<?> child = newest; child != null; child = child.older) {
      if (child.runsOn(thread)) {
        return true;
      }
    }
    return false;
  }

  /// Takes out what is over, if that is most of it: so a scope that lives long keeps about as much
  /// as is alive, and a fork pays for a constant number of steps here.
  ///
  /// @param forked how many were added so far
  /// @param unfinished how many of them have not completed
  void sweepIfWorthIt(int forked, int unfinished) {
    if (forked % SWEEP_EVERY == 0
        && forked - swept > 2 * unfinished + SWEEP_EVERY
        && SWEEPING.compareAndSet(this, false, true)) {
      int before = swept;
      swept = before + takeOut();
      sweeping = false;
    }
  }

  private int takeOut() {
    int count = 0;
    Child<?> kept = newest;
    while (kept != null) {
      Child<?> next = kept.older;
      while (next != null && next.isFinal() && next.isOver()) {
        next = next.older;
        count++;
      }
      kept.older = next;
      kept = next;
    }
    return count;
  }

  /// Lets go of all, so that a handle that is kept does not keep the older ones.
  private void forget() {
    Child<?> child = newest;
    newest = null;
    while (child != null) {
      Child<?> next = child.older;
      child.older = null;
      child = next;
    }
  }

  /// Waits until every thread has ended; the scope is cancelled or has completed. An interrupt does
  /// not shorten the wait; the flag is set when it returns.
  ///
  /// A subtask that was started but whose thread is not alive yet is being started by another
  /// subtask at this moment, which is found further down: it is older. After that one has ended,
  /// there is something to wait for: hence the second round. Nothing new is started meanwhile:
  /// whoever added a subtask after this walk began sees that the scope is cancelled.
  void awaitEnd() {
    EndWait wait = new EndWait();
    boolean complete = false;
    while (!complete) {
      complete = true;
      for (Child<?> child = newest; child != null; child = child.older) {
        complete &= child.isOver() || child.awaitEnd(wait);
      }
      if (!complete) {
        Thread.yield();
      }
    }
    forget();
    wait.restoreInterrupt();
  }
}
