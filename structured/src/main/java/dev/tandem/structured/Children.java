package dev.tandem.structured;

import dev.tandem.core.internal.Handles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The subtasks of one scope whose threads may be alive: a stack linked through [Child#older].
///
/// Adding is one compare-and-set of the newest; R. K. Treiber, "Systems Programming: Coping with
/// Parallelism" (IBM RJ 5118, 1986). Taking out is rare, done by one thread at a time, and never
/// touches the newest: only `older` of nodes that are in the stack is changed, to skip those that
/// are over. A walker that stands on a node while the node is skipped goes on from there: the
/// node's `older` still leads to every older subtask that is not over. So a walker sees each
/// subtask that was added before the walk and is not over.
final class Children {
  private static final VarHandle NEWEST = Handles.of(MethodHandles.lookup(), "newest", Child.class);
  private static final VarHandle SWEEPING =
      Handles.of(MethodHandles.lookup(), "sweeping", boolean.class);
  private static final int SWEEP_EVERY = 256;

  private volatile @Nullable Child<?> newest;

  /// True while a thread takes out subtasks that are over. The write of false publishes the
  /// thread's work to the next sweeper.
  @SuppressWarnings("UnusedVariable") // read through SWEEPING
  private volatile boolean sweeping;

  /// The number of subtasks that were taken out. Written by the sweeper.
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

  /// Takes out the subtasks that are over, if they are the majority: so the memory of a long-lived
  /// scope stays proportional to its live subtasks, at an amortized constant number of steps a
  /// fork.
  ///
  /// @param forked the number of subtasks that were added so far
  /// @param unfinished the number of those that have not completed
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

  /// Unlinks all subtasks, so that a handle that the application keeps does not retain the older
  /// ones.
  private void forget() {
    Child<?> child = newest;
    newest = null;
    while (child != null) {
      Child<?> next = child.older;
      child.older = null;
      child = next;
    }
  }

  /// Waits until the threads of all subtasks have ended; the scope must be cancelled or complete.
  /// An interrupt does not shorten the wait; the interrupt status is restored at the end.
  ///
  /// A subtask that was started but whose thread is not alive yet is being started by another
  /// subtask at this moment. That one is older, so the walk meets it later in the same round, and
  /// waits for its end; after that, the thread of the first is alive or over: hence the second
  /// round. No new subtask starts meanwhile: a thread that adds a subtask after this walk began
  /// sees that the scope is cancelled.
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
