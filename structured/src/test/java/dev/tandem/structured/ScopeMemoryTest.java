package dev.tandem.structured;

import static org.awaitility.Awaitility.await;

import dev.tandem.core.ContextPropagator;
import dev.tandem.structured.TaskScope.Config;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a scope and its handles keep, and what they let go.
class ScopeMemoryTest {
  /// A task that can be told from others.
  private record Payload(byte[] bytes) implements Callable<String> {
    Payload() {
      this(new byte[1_000]);
    }

    @Override
    public String call() {
      return "ended";
    }
  }

  private static void isCollected(WeakReference<?> ref) {
    await()
        .atMost(HeldBody.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> {
          System.gc();
          return ref.get() == null;
        });
  }

  private static WeakReference<Payload> forkPayload(
      TaskScope<Object, ?, ?> scope, List<Subtask<String>> handles) {
    Payload task = new Payload();
    handles.add(scope.fork(task));
    return new WeakReference<>(task);
  }

  @Test
  void endedTaskIsLetGoWhileTheScopeIsOpen() throws Exception {
    List<UnaryOperator<Config>> kinds =
        List.of(
            cf -> cf,
            cf -> cf.withConcurrency(1),
            cf -> cf.withContext(ContextPropagator.mdc()),
            cf -> cf.withThreadFactory(Thread.ofPlatform().daemon().factory()));
    for (UnaryOperator<Config> kind : kinds) {
      List<Subtask<String>> handles = new ArrayList<>();
      try (var scope = TaskScope.open(kind)) {
        WeakReference<Payload> ref = forkPayload(scope, handles);
        HeldBody.awaitEnd(handles.getFirst());
        isCollected(ref);
        scope.join();
      }
      Reference.reachabilityFence(handles);
    }
  }

  @Test
  void taskThatNeverRanIsLetGoWhileTheScopeIsOpen() throws Exception {
    List<Subtask<String>> handles = new ArrayList<>();
    HeldBody first = HeldBody.stubborn();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(1))) {
      scope.fork(first);
      first.awaitStarted();
      WeakReference<Payload> waiting = forkPayload(scope, handles);
      scope.cancel();
      WeakReference<Payload> late = forkPayload(scope, handles);
      isCollected(waiting);
      isCollected(late);
      first.release();
    }
    Reference.reachabilityFence(handles);
  }

  @Test
  void taskThatCouldNotStartIsLetGo() throws Exception {
    List<Subtask<String>> handles = new ArrayList<>();
    try (var scope =
        TaskScope.open(
            Joiner.allSettled(),
            cf -> cf.withThreadFactory(FailedStartContract.Unstartable::new))) {
      isCollected(forkPayload(scope, handles));
      scope.join();
    }
    Reference.reachabilityFence(handles);
  }

  @Test
  void deadThreadIsLetGoByAKeptHandle() throws Exception {
    List<Subtask<WeakReference<Thread>>> handles = new ArrayList<>();
    List<UnaryOperator<Config>> kinds =
        List.of(cf -> cf, cf -> cf.withThreadFactory(Thread.ofPlatform().daemon().factory()));
    for (UnaryOperator<Config> kind : kinds) {
      try (var scope = TaskScope.open(kind)) {
        handles.add(scope.fork(() -> new WeakReference<>(Thread.currentThread())));
        scope.join();
      }
    }
    for (var handle : handles) {
      isCollected(handle.get());
    }
  }

  @Test
  void scopeThatForksForLongKeepsFewDeadSubtasks() throws Exception {
    AtomicInteger alive = new AtomicInteger();
    List<WeakReference<Subtask<?>>> handles = new ArrayList<>();
    try (var scope = TaskScope.open()) {
      for (int i = 0; i < 100_000; i++) {
        Subtask<?> handle = scope.fork(() -> {});
        if (i % 100 == 0) {
          handles.add(new WeakReference<>(handle));
          HeldBody.awaitEnd(handle);
        }
      }
      await()
          .atMost(HeldBody.PATIENCE)
          .until(() -> {
            System.gc();
            alive.set((int) handles.stream().filter(ref -> ref.get() != null).count());
            return alive.get() < 50; // of the 1,000: at most 5,000 of the 100,000
          });
      scope.join();
    }
  }
}
