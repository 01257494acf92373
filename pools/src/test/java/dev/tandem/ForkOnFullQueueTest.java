package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.Caller;
import dev.tandem.testing.NothingLeft;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An owner that forks on an executor whose queue is full.
class ForkOnFullQueueTest {
  private final HeldTask running = new HeldTask();
  private final HeldTask queued = new HeldTask();
  @RegisterExtension final NothingLeft scopes = new NothingLeft(TaskScope::dump);
  private final HeldTask late = new HeldTask();
  private final AtomicReference<TaskScope<String, ?, ?>> scope = new AtomicReference<>();
  private final AtomicReference<TaskExecutor> created = new AtomicReference<>();

  private TaskExecutor full(Saturation whenFull) throws InterruptedException {
    TaskExecutor executor = Tandem.newThreadPool(1, cf -> cf.withQueue(1, whenFull));
    created.set(executor);
    var _ = executor.submit(running);
    running.awaitStarted();
    var _ = executor.submit(queued);
    return executor;
  }

  @AfterEach
  void executorCloses() {
    running.release();
    queued.release();
    late.release();
    created.get().close();
  }

  @Test
  void cancelWhileTheOwnerWaitsForRoomStopsTheSubtaskBeforeItBegins() throws Exception {
    TaskExecutor executor = full(Saturation.BLOCK);
    Caller<Subtask<String>> owner =
        Caller.start(() -> {
          try (var s = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
            scope.set(s);
            Subtask<String> subtask = s.forkOn(executor, late);
            assertThat(catchThrowable(s::join)).isInstanceOf(CancellationException.class);
            return subtask;
          }
        });
    owner.awaitBlocked();
    scope.get().cancel();
    running.release(); // room in the queue, while the one thread is taken again
    queued.awaitStarted();
    assertThat(owner.result().outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(late.hasStarted()).isFalse();
    assertThat(owner.keptTheFlag()).isFalse();
  }

  @Test
  void interruptWhileTheOwnerWaitsForRoomIsAFailedSubtaskAndIsKept() throws Exception {
    TaskExecutor executor = full(Saturation.BLOCK);
    Caller<Throwable> owner =
        Caller.start(() -> {
          try (var s = TaskScope.open(Joiner.<String>allSettled())) {
            Subtask<String> subtask = s.forkOn(executor, late);
            assertThat(subtask.state()).isEqualTo(Subtask.State.FAILED);
            assertThat(catchThrowable(s::join)).isInstanceOf(InterruptedException.class);
            assertThat(s.join()).hasSize(1);
            return subtask.exception();
          }
        });
    owner.awaitBlocked();
    owner.interrupt();
    assertThat(owner.result()).isInstanceOf(RejectedExecutionException.class);
    assertThat(late.hasStarted()).isFalse();
  }

  @Test
  void refusalIsAFailedSubtask() throws Exception {
    TaskExecutor executor = full(Saturation.REJECT);
    try (var s = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> subtask = s.forkOn(executor, late);
      assertThat(s.join()).hasSize(1);
      assertThat(subtask.exception()).isInstanceOf(RejectedExecutionException.class);
    }
    assertThat(late.hasStarted()).isFalse();
  }
}
