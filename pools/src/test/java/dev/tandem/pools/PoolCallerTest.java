package dev.tandem.pools;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a caller of a pool never waits for: itself, where it closes the pool in code that the pool
/// runs; and tasks that are sent after its time is over. A pool closed from inside is shut down,
/// says so in the log, and goes on.
class PoolCallerTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  private final AtomicReference<ProcessPool> pool = new AtomicReference<>();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  /// The places at which users are told.
  private enum Event {
    STARTED,
    SUCCEEDED,
    ENDED,
    CANCELLED,
    WORKER_READY
  }

  @ParameterizedTest
  @EnumSource
  void closeInsideAListenerReturns(Event event) throws Exception {
    pool.set(probe.open(1, cf -> cf.withListener(tasks(event)).withWorkerListener(workers(event))));
    opened.countDown();
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> running = pool.get().submit(() -> Work.hold(started, release));
    if (event == Event.CANCELLED) {
      started.await();
      running.cancel(true);
    }
    release.set();
    assertClosed();
  }

  /// An input that waits as it is written.
  private static final class SlowInput implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final CountDownLatch BEGUN = new CountDownLatch(1);
    private static final CountDownLatch GO_ON = new CountDownLatch(1);

    private void writeObject(ObjectOutputStream out) throws IOException {
      BEGUN.countDown();
      Uninterruptibles.awaitUninterruptibly(GO_ON);
      out.defaultWriteObject();
    }
  }

  @Test
  void closeOfAMapByAnotherThreadDoesNotWaitForAnInputThatIsBeingWritten() throws Exception {
    Stream<String> results = probe.open(1).map(List.of(new SlowInput()), input -> "done");
    Caller<List<String>> consumer = Caller.start(results::toList);
    try {
      assertThat(SlowInput.BEGUN.await(20, TimeUnit.SECONDS)).isTrue();
      Caller<Void> closer =
          Caller.start(() -> {
            results.close();
            return null;
          });
      closer.end();
    } finally {
      SlowInput.GO_ON.countDown();
    }
    assertThat(consumer.failure()).isInstanceOf(CancellationException.class);
  }

  @Test
  void closeInsideACallbackOfAFutureReturns() throws Exception {
    pool.set(probe.open(1));
    opened.countDown();
    pool.get().submit(() -> 1).addListener(this::close, directExecutor());
    assertClosed();
  }

  @Test
  void closeInsideTheProgressOfAMapReturns() throws Exception {
    pool.set(probe.open(1));
    opened.countDown();
    Thread consumer =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try (var results =
                  pool.get().map(List.of(1), n -> n, c -> c.withProgress(_ -> close()))) {
                results.forEach(_ -> {});
              }
            });
    assertClosed();
    consumer.join();
  }

  @Test
  void timedInvokeAllLooksAtTheTimeBeforeItSendsEach() throws Exception {
    ProcessPool own = probe.open(1);
    assertThat(own.submit(() -> 1).get(40, TimeUnit.SECONDS)).isEqualTo(1);
    List<SerializableCallable<Integer>> tasks = new ArrayList<>();
    AtomicInteger sent = SlowToSend.SENT;
    int before = sent.get();
    for (int i = 0; i < 10; i++) {
      SlowToSend slow = new SlowToSend();
      tasks.add(() -> slow.hashCode());
    }
    assertThat(own.invokeAll(tasks, 50, TimeUnit.MILLISECONDS))
        .hasSize(10)
        .allMatch(Future::isDone);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> own.invokeAny(tasks, 50, TimeUnit.MILLISECONDS));
    assertThat(sent.get() - before).as("sent by both").isLessThanOrEqualTo(2);
  }

  /// Takes longer to send than there is time for.
  private static final class SlowToSend implements Serializable {
    private static final long serialVersionUID = 1;
    private static final AtomicInteger SENT = new AtomicInteger();

    private void writeObject(ObjectOutputStream out) throws IOException {
      SENT.incrementAndGet();
      Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(200));
      out.defaultWriteObject();
    }
  }

  private void close() {
    try {
      opened.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    pool.get().close();
    closed.countDown();
  }

  private void assertClosed() throws InterruptedException {
    assertThat(closed.await(40, TimeUnit.SECONDS)).as("close() has returned").isTrue();
    assertThat(pool.get().isShutdown()).isTrue();
    assertThat(pool.get().awaitTermination(40, TimeUnit.SECONDS)).as("terminated").isTrue();
  }

  private void at(Event event, Event expected) {
    if (event == expected) {
      close();
    }
  }

  private TaskListener tasks(Event event) {
    return new TaskListener() {
      @Override
      public void started(TaskInfo task) {
        at(Event.STARTED, event);
      }

      @Override
      public void succeeded(TaskInfo task) {
        at(Event.SUCCEEDED, event);
      }

      @Override
      public void cancelled(TaskInfo task) {
        at(Event.CANCELLED, event);
      }

      @Override
      public void ended(TaskInfo task) {
        at(Event.ENDED, event);
      }
    };
  }

  private WorkerListener workers(Event event) {
    return new WorkerListener() {
      @Override
      public void ready(WorkerInfo worker) {
        at(Event.WORKER_READY, event);
      }
    };
  }
}
