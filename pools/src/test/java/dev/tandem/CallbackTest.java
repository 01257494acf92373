package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Code of users that runs on an executor's thread beside the bodies: it may call back, and throw.
class CallbackTest {
  private static final int PATIENCE_SECONDS = 20;

  @Test
  void aDirectCallbackThatSubmitsToItsFullPoolIsNotLeftWaiting() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(1, cf -> cf.withQueue(0, Saturation.BLOCK))) {
      CountDownLatch go = new CountDownLatch(1);
      ListenableFuture<Integer> first = pool.submit(awaiting(go, 1));
      ListenableFuture<Integer> second =
          Futures.transformAsync(first, n -> pool.submit(() -> n + 1), directExecutor());
      go.countDown();
      assertThat(second.get(PATIENCE_SECONDS, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void aListenerThatSubmitsToItsFullPoolIsRefusedOrServedButNeverLeftWaiting() throws Exception {
    AtomicReference<TaskExecutor> self = new AtomicReference<>();
    Queue<Object> answers = new ConcurrentLinkedQueue<>();
    CountDownLatch asked = new CountDownLatch(3);
    TaskListener asking =
        new TaskListener() {
          @Override
          public void started(TaskInfo task) {
            ask(task);
          }

          @Override
          public void succeeded(TaskInfo task) {
            ask(task);
          }

          @Override
          public void ended(TaskInfo task) {
            ask(task);
          }

          private void ask(TaskInfo task) {
            if (asked.getCount() == 0 || task.id() > 1) {
              return;
            }
            try {
              answers.add(self.get().submit(() -> 2));
            } catch (RejectedExecutionException e) {
              answers.add(e);
            }
            asked.countDown();
          }
        };
    try (TaskExecutor pool =
        Tandem.newThreadPool(1, cf -> cf.withQueue(0, Saturation.BLOCK).withListener(asking))) {
      self.set(pool);
      assertThat(pool.submit(() -> 1).get(PATIENCE_SECONDS, SECONDS)).isEqualTo(1);
      assertThat(asked.await(PATIENCE_SECONDS, SECONDS)).isTrue();
    }
    assertThat(answers).hasSize(3);
    assertThat(answers.peek()).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aDirectCallbackMayMapOnItsOwnFullPool() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(1)) {
      CountDownLatch go = new CountDownLatch(1);
      ListenableFuture<Integer> first = pool.submit(awaiting(go, 1));
      ListenableFuture<List<Integer>> second =
          Futures.transform(
              first, n -> pool.map(List.of(1, 2, 3), m -> m + n).toList(), directExecutor());
      go.countDown();
      assertThat(second.get(PATIENCE_SECONDS, SECONDS)).containsExactly(2, 3, 4);
    }
  }

  @Test
  void anErrorOfAFuturesListenerKeepsNothingOfTheExecutor() throws Exception {
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor(1)) {
      CountDownLatch go = new CountDownLatch(1);
      Future<Integer> running = executor.submit(awaiting(go, 1));
      ListenableFuture<Integer> waiting = executor.submit(() -> 2);
      waiting.addListener(
          () -> {
            throw new AssertionError("of a listener, on purpose");
          },
          directExecutor());
      assertThatThrownBy(() -> waiting.cancel(true)).isInstanceOf(AssertionError.class);
      go.countDown();
      assertThat(running.get()).isEqualTo(1);
      executor.shutdown();
      assertThat(executor.awaitTermination(PATIENCE_SECONDS, SECONDS)).isTrue();
    }
  }

  @Test
  void aPropagatorThatGivesNullIsNamedAtTheSubmission() {
    ContextPropagator broken =
        new ContextPropagator() {
          @Override
          @SuppressWarnings("NullAway") // what is tested
          public <T> Callable<T> wrap(Callable<T> body) {
            return null;
          }

          @Override
          public String toString() {
            return "broken propagator";
          }
        };
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor(cf -> cf.withContext(broken))) {
      assertThatThrownBy(() -> executor.submit(() -> 1))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("context: broken propagator gave null");
    }
  }

  @Test
  void whoHasTheResultFindsRoomAtOnce() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(1, cf -> cf.withQueue(0, Saturation.REJECT))) {
      for (int i = 0; i < 5_000; i++) {
        int n = i;
        assertThat(pool.submit(() -> n).get()).isEqualTo(n);
      }
    }
  }

  @Test
  void anInterruptedInvokeAllThatWaitsForRoomSaysSo() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(1, cf -> cf.withQueue(0, Saturation.BLOCK))) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      Callable<Integer> held =
          () -> {
            started.countDown();
            never.await();
            return 1;
          };
      Caller<List<Future<Integer>>> caller =
          Caller.start(() -> pool.invokeAll(List.of(held, held, held)));
      assertThat(started.await(PATIENCE_SECONDS, SECONDS)).isTrue();
      caller.interrupt();
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(caller::result)
          .withCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void exceptionsAndListenersThatCannotBeShownHoldUpNothing() throws Exception {
    TaskListener listener =
        new TaskListener() {
          @Override
          public void failed(TaskInfo task, Throwable exception) {
            throw new Unspeakable();
          }

          @Override
          public String toString() {
            throw new IllegalStateException("of a listener, on purpose");
          }
        };
    Unspeakable failure = new Unspeakable();
    Callable<Integer> failing =
        () -> {
          throw failure;
        };
    try (TaskExecutor pool = Tandem.newThreadPool(1, cf -> cf.withListener(listener))) {
      Future<Integer> unread = pool.submit(failing);
      pool.execute(
          (Runnable)
              () -> {
                throw failure;
              });
      assertThatThrownBy(() -> pool.map(List.of(1), _ -> failing.call()).toList())
          .isInstanceOfSatisfying(
              CompletionException.class, e -> assertThat(e.getCause()).isSameAs(failure));
      assertThat(pool.submit(() -> 2).get(PATIENCE_SECONDS, SECONDS)).isEqualTo(2);
      assertThat(unread.isDone()).isTrue();
      assertThat(Tandem.dump()).contains(pool.stats().name());
    }
  }

  /// An exception of which nothing can be asked.
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("of getMessage, on purpose");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("of toString, on purpose");
    }
  }

  private static <T> Callable<T> awaiting(CountDownLatch latch, T result) {
    return () -> {
      latch.await();
      return result;
    };
  }
}
