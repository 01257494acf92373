package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.testing.Caller;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An executor that is closed by code which it runs itself cannot wait for that code: it is shut
/// down, says so in the log, and goes on.
interface CloseInsideContract extends ExecutorFixture {
  /// The events of a task that runs.
  enum Event {
    SUBMITTED,
    STARTED,
    SUCCEEDED,
    ENDED
  }

  /// Closes an executor, once, and knows when that has returned.
  final class Closer {
    private final AtomicReference<TaskExecutor> executor = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    TaskExecutor of(TaskExecutor toClose) {
      executor.set(toClose);
      return toClose;
    }

    void close() {
      executor.get().close();
      closed.countDown();
    }

    void assertClosed() throws InterruptedException {
      assertThat(closed.await(20, SECONDS)).as("close() has returned").isTrue();
      assertThat(executor.get().isShutdown()).isTrue();
      assertThat(executor.get().awaitTermination(20, SECONDS)).as("terminated").isTrue();
    }
  }

  private static TaskListener at(Event event, Consumer<TaskInfo> action) {
    return new TaskListener() {
      @Override
      public void submitted(TaskInfo task) {
        tell(Event.SUBMITTED, task);
      }

      @Override
      public void started(TaskInfo task) {
        tell(Event.STARTED, task);
      }

      @Override
      public void succeeded(TaskInfo task) {
        tell(Event.SUCCEEDED, task);
      }

      @Override
      public void ended(TaskInfo task) {
        tell(Event.ENDED, task);
      }

      private void tell(Event now, TaskInfo task) {
        if (now == event) {
          action.accept(task);
        }
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  default void closeInsideAListenerReturns(Event event) throws Exception {
    Closer closer = new Closer();
    TaskExecutor executor =
        closer.of(create(cf -> cf.withListener(at(event, _ -> closer.close()))));
    var _ =
        Caller.start(() -> {
          try {
            return executor.submit(() -> 1);
          } catch (RejectedExecutionException e) { // it was closed before it could start
            return e;
          }
        });
    closer.assertClosed();
  }

  @Test
  default void closeInsideAListenerOfACancelledTaskReturns() throws Exception {
    Closer closer = new Closer();
    TaskListener closing =
        new TaskListener() {
          @Override
          public void cancelled(TaskInfo task) {
            closer.close();
          }
        };
    TaskExecutor executor = closer.of(createSingle(cf -> cf.withListener(closing)));
    HeldTask running = new HeldTask();
    try {
      var _ = executor.submit(running);
      running.awaitStarted();
      ListenableFuture<Integer> waiting = executor.submit(() -> 1);
      assertThat(Caller.start(() -> waiting.cancel(false)).result()).isTrue();
    } finally {
      running.release();
    }
    closer.assertClosed();
  }

  @Test
  default void closeInsideABodyReturns() throws Exception {
    needs(Need.SAME_JVM);
    Closer closer = new Closer();
    TaskExecutor executor = closer.of(create());
    var _ = Caller.start(() -> executor.submit(closer::close));
    closer.assertClosed();
  }

  @Test
  default void closeInsideACallbackOfAFutureReturns() throws Exception {
    needs(Need.BACKGROUND);
    Closer closer = new Closer();
    TaskExecutor executor = closer.of(create());
    HeldTask held = new HeldTask();
    executor.submit(held).addListener(closer::close, directExecutor());
    held.release();
    closer.assertClosed();
  }

  @Test
  default void closeInsideAMapsFunctionAndProgressReturns() throws Exception {
    needs(Need.SAME_JVM);
    Closer function = new Closer();
    TaskExecutor one = function.of(create());
    var _ = Caller.start(() -> one.map(List.of(1), n -> closeAndGive(function, n)).toList());
    function.assertClosed();

    Closer progress = new Closer();
    TaskExecutor two = progress.of(create());
    var _ =
        Caller.start(() ->
            two.map(List.of(1, 2), n -> n, c -> c.withProgress(_ -> progress.close())).toList());
    progress.assertClosed();
  }

  private static int closeAndGive(Closer closer, int n) {
    closer.close();
    return n;
  }

  @Test
  default void closeInsideAThreadFactoryReturns() throws Exception {
    needs(Need.THREAD_FACTORY);
    Closer closer = new Closer();
    TaskExecutor executor =
        closer.of(
            create(cf ->
                cf.withThreadFactory(body -> {
                  closer.close();
                  return new Thread(body);
                })));
    var _ =
        Caller.start(() -> {
          try {
            return executor.submit(() -> 1);
          } catch (RejectedExecutionException e) {
            return e;
          }
        });
    closer.assertClosed();
  }

  @Test
  default void aTimedWaitForItsOwnEndInsideABodyIsSaidAndEnds() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    String name = executor.stats().name();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Caller<List<Object>> inside =
          Caller.start(() ->
              executor
                  .submit(() -> {
                    executor.shutdown();
                    boolean terminated = executor.awaitTermination(10, MILLISECONDS);
                    int survivors = executor.close(Duration.ofMillis(10)).size();
                    return List.<Object>of(terminated, survivors);
                  })
                  .get());
      assertThat(inside.result()).containsExactly(false, 1);
      assertThat(log.about(name + " cannot end before")).isNotEmpty();
    }
  }
}
