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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An owner that forks on an executor whose queue is full.
class ForkOnFullQueueTest {
  // the first is the last to look: the queue is closed by then
  @Order(1)
  @RegisterExtension
  final NothingLeft scopes = new NothingLeft(TaskScope::dump);

  @Order(2)
  @RegisterExtension
  final FullQueue queue = new FullQueue();

  private final HeldTask late = new HeldTask();
  private final AtomicReference<TaskScope<String, ?, ?>> scope = new AtomicReference<>();

  @AfterEach
  void lateTaskEnds() {
    late.release();
  }

  @Test
  void cancelWhileTheOwnerWaitsForRoomStopsTheSubtaskBeforeItBegins() throws Exception {
    TaskExecutor executor = queue.open(Saturation.BLOCK);
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
    queue.running.release(); // room in the queue, while the one thread is taken again
    queue.queued.awaitStarted();
    assertThat(owner.result().outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(late.hasStarted()).isFalse();
    assertThat(owner.keptTheFlag()).isFalse();
  }

  @Test
  void interruptWhileTheOwnerWaitsForRoomIsAFailedSubtaskAndIsKept() throws Exception {
    TaskExecutor executor = queue.open(Saturation.BLOCK);
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
    TaskExecutor executor = queue.open(Saturation.REJECT);
    try (var s = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> subtask = s.forkOn(executor, late);
      assertThat(s.join()).hasSize(1);
      assertThat(subtask.exception()).isInstanceOf(RejectedExecutionException.class);
    }
    assertThat(late.hasStarted()).isFalse();
  }
}
