package dev.tandem.pools.internal.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tasks of one executor whose bodies are on a thread now.
public final class RunningTasks {
  /*
   * An array of places, tried from one that depends on the thread, and a set for when those are
   * taken. A pool's task finds its place with one uncontended compareAndSet and allocates nothing,
   * where a concurrent set would cost two hash operations and 32 bytes a task; ten thousand virtual
   * threads overflow into the set and cost what they would have cost there.
   */
  static final int NOWHERE = -2;

  private static final int OVERFLOW = -1;
  private static final int STRIDE = 16; // 16 references: one place per cache line
  private static final int TRIES = 4;

  /// At each multiple of the stride a task, behind it the thread that it is on. The task itself
  /// knows its thread only while the body runs, not in the listeners and callbacks that come after
  /// it.
  private final AtomicReferenceArray<@Nullable Object> places;

  private final int mask;
  private final Map<TaskRun<?>, Thread> others = new ConcurrentHashMap<>();

  RunningTasks(int expectedThreads) {
    int n = Integer.highestOneBit(Math.clamp(expectedThreads, 2, 64) * 2 - 1) * 2;
    places = new AtomicReferenceArray<>(n * STRIDE);
    mask = n - 1;
  }

  /// {@return where it was put, for [#exit(int, TaskRun)]}
  int enter(TaskRun<?> task) {
    Thread thread = Thread.currentThread();
    int start = (int) thread.threadId();
    for (int i = 0; i < TRIES; i++) {
      int place = ((start + i) & mask) * STRIDE;
      if (places.getPlain(place) == null && places.compareAndSet(place, null, task)) {
        places.setPlain(place + 1, thread); // read by this thread alone
        return place;
      }
    }
    others.put(task, thread);
    return OVERFLOW;
  }

  void exit(int place, TaskRun<?> task) {
    if (place >= 0) {
      places.setPlain(place + 1, null);
      // release: a thread that misses the task here sees all that the task did
      places.setRelease(place, null);
    } else if (place == OVERFLOW) {
      others.remove(task);
    }
  }

  void forEach(Consumer<? super TaskRun<?>> action) {
    for (int i = 0; i < places.length(); i += STRIDE) {
      if (places.get(i) instanceof TaskRun<?> task) {
        action.accept(task);
      }
    }
    others.keySet().forEach(action);
  }

  List<TaskRun<?>> snapshot() {
    List<TaskRun<?>> all = new ArrayList<>();
    forEach(all::add);
    return all;
  }

  /// {@return whether the current thread is inside one of these tasks: its body, or a listener or
  /// callback that is told of its end}
  boolean isCurrentThreadInside() {
    Thread current = Thread.currentThread();
    for (int i = 1; i < places.length(); i += STRIDE) {
      if (places.getPlain(i) == current) {
        return true;
      }
    }
    return others.containsValue(current);
  }
}
