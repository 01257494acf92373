package dev.tandem.pools.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/// The tasks of one executor whose bodies are on a thread now.
final class RunningTasks {
  /*
   * An array of places, tried from one that depends on the thread, and a set for when those are
   * taken. A pool's task finds its place with one uncontended compareAndSet and allocates nothing,
   * where a concurrent set would cost two hash operations and 32 bytes a task; ten thousand virtual
   * threads overflow into the set and cost what they would have cost there.
   */
  private static final int STRIDE = 16; // 16 references: one place per cache line
  private static final int TRIES = 4;

  private final AtomicReferenceArray<TaskRun<?>> places;
  private final int mask;
  private final Set<TaskRun<?>> others = ConcurrentHashMap.newKeySet();

  RunningTasks(int expectedThreads) {
    int n = Integer.highestOneBit(Math.clamp(expectedThreads, 2, 64) * 2 - 1) * 2;
    places = new AtomicReferenceArray<>(n * STRIDE);
    mask = n - 1;
  }

  /// {@return where it was put, for [#exit(int, TaskRun)]}
  int enter(TaskRun<?> task) {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i < TRIES; i++) {
      int place = ((start + i) & mask) * STRIDE;
      if (places.getPlain(place) == null && places.compareAndSet(place, null, task)) {
        return place;
      }
    }
    others.add(task);
    return -1;
  }

  void exit(int place, TaskRun<?> task) {
    if (place >= 0) {
      // release: whoever misses the task here sees all that the task did
      places.setRelease(place, null);
    } else {
      others.remove(task);
    }
  }

  void forEach(Consumer<? super TaskRun<?>> action) {
    for (int i = 0; i < places.length(); i += STRIDE) {
      TaskRun<?> task = places.get(i);
      if (task != null) {
        action.accept(task);
      }
    }
    others.forEach(action);
  }

  List<TaskRun<?>> snapshot() {
    List<TaskRun<?>> all = new ArrayList<>();
    forEach(all::add);
    return all;
  }

  /// {@return whether the current thread is inside the body of one of these tasks}
  boolean isCurrentThreadInside() {
    Thread current = Thread.currentThread();
    return snapshot().stream().anyMatch(task -> task.thread() == current);
  }
}
