package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Threads come from the factory; a thread that does not come costs one submission and nothing
/// else.
interface ThreadFactoryContract extends ExecutorFixture {
  /// The ways in which a thread fails to come.
  enum Broken implements ThreadFactory {
    RETURNS_NULL {
      @Override
      public Thread newThread(Runnable body) {
        return null;
      }
    },
    THROWS_EXCEPTION {
      @Override
      public Thread newThread(Runnable body) {
        throw new IllegalStateException("no thread, on purpose");
      }
    },
    THROWS_ERROR {
      @Override
      public Thread newThread(Runnable body) {
        throw new OutOfMemoryError("no thread, on purpose");
      }
    },
    START_THROWS {
      /// A stack that no machine has room for: the `OutOfMemoryError` comes from `Thread.start`, as
      /// it does when the system has no thread left. (The JDK's pools start a thread by an inner
      /// door, so overriding `start` would show nothing.)
      @Override
      public Thread newThread(Runnable body) {
        return new Thread(null, body, "too-big", 1L << 50);
      }
    },
    ALREADY_STARTED {
      @Override
      public Thread newThread(Runnable body) {
        return Thread.ofVirtual().start(() -> {});
      }
    }
  }

  /// A thread that closes a socket in `interrupt`, as some do, and is long about it.
  final class SlowToInterrupt extends Thread {
    private final CountDownLatch release;

    SlowToInterrupt(Runnable body, CountDownLatch release) {
      super(body);
      this.release = release;
    }

    @Override
    public void interrupt() {
      Uninterruptibles.awaitUninterruptibly(release);
      super.interrupt();
    }
  }

  @Test
  default void threadsWhoseInterruptBlocksDelayNeitherTimeoutsNorClose() throws Exception {
    needs(Need.THREAD_FACTORY);
    CountDownLatch release = new CountDownLatch(1);
    try {
      TaskExecutor executor =
          create(cf -> cf.withThreadFactory(body -> new SlowToInterrupt(body, release)));
      assertThat(soon(executor.submit(() -> 1))).isEqualTo(1); // a pool has an idle thread now
      Future<String> late =
          executor.submit(Task.of("late", new HeldTask()::call).withTimeout(Duration.ofMillis(20)));
      Future<String> held = executor.submit(new HeldTask());
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> soon(late))
          .withCauseInstanceOf(TaskTimeoutException.class);
      var survivors = Caller.start(() -> executor.close(Duration.ofMillis(20))).result();
      assertThat(survivors).isNotEmpty();
      assertThat(executor.isShutdown()).isTrue();
      assertThat(held.isDone()).isFalse();
    } finally {
      release.countDown();
    }
  }

  @Test
  default void threadsComeFromTheFactoryWithTheNamesItGives() throws Exception {
    needs(Need.THREAD_FACTORY);
    TaskExecutor executor =
        create(cf -> cf.withThreadFactory(Thread.ofPlatform().name("mine-", 0).factory()));
    assertThat(soon(executor.submit(() -> Thread.currentThread().getName()))).startsWith("mine-");
  }

  @ParameterizedTest
  @EnumSource
  default void submissionIsRejectedWhenNoThreadComes(Broken broken) throws Exception {
    needs(Need.THREAD_FACTORY);
    AtomicReference<ThreadFactory> factory = new AtomicReference<>(broken);
    TaskExecutor executor =
        create(cf -> cf.withName("errands").withThreadFactory(b -> factory.get().newThread(b)));
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> executor.submit(() -> "never"))
          .withMessageContaining("errands");
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> executor.execute(() -> {}))
          .withMessageContaining("errands");
    }
    assertThat(executor.stats().running()).isZero();
    assertThat(executor.stats().queued()).isZero();
    factory.set(Thread::new);
    assertThat(soon(executor.submit(() -> "recovered"))).isEqualTo("recovered");
  }

  @ParameterizedTest
  @EnumSource
  default void noPlaceIsLostWhenNoThreadComes(Broken broken) throws Exception {
    needs(Need.THREAD_FACTORY);
    AtomicReference<ThreadFactory> factory = new AtomicReference<>(broken);
    TaskExecutor executor =
        createSingle(cf -> cf.withThreadFactory(b -> factory.get().newThread(b)));
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> executor.submit(() -> "never"));
    }
    factory.set(Thread::new);
    assertThat(soon(executor.submit(() -> "recovered"))).isEqualTo("recovered");
  }

  @Test
  default void exceptionOfTheFactoryIsTheCauseOfTheRejection() {
    needs(Need.THREAD_FACTORY);
    TaskExecutor executor = create(cf -> cf.withThreadFactory(Broken.THROWS_EXCEPTION));
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(() -> "never"))
        .withStackTraceContaining("no thread, on purpose");
  }

  @ParameterizedTest
  @EnumSource
  default void executorWithoutThreadsTerminates(Broken broken) throws Exception {
    needs(Need.THREAD_FACTORY);
    TaskExecutor executor = create(cf -> cf.withThreadFactory(broken));
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(() -> "never"));
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  default void taskThatWaitedIsNotLostWhenNoThreadComesForIt(Broken broken) throws Exception {
    needs(Need.THREAD_FACTORY);
    AtomicReference<ThreadFactory> factory = new AtomicReference<>(Thread::new);
    TaskExecutor executor =
        createSingle(cf -> cf.withThreadFactory(b -> factory.get().newThread(b)));
    HeldTask running = new HeldTask();
    Future<String> first = executor.submit(running);
    running.awaitStarted();
    Future<String> second = executor.submit(() -> "second");
    Future<String> third = executor.submit(() -> "third");
    factory.set(broken);
    running.release();
    assertThat(soon(first)).isEqualTo(HeldTask.RESULT);
    // either a thread was left over for them or they fail: in no case do they wait for ever
    assertRanOrRejected(second, "second");
    assertRanOrRejected(third, "third");
    await().untilAsserted(() -> assertThat(executor.stats().running()).isZero());
    assertThat(executor.stats().queued()).isZero();
    assertThat(executor.stats().completed()).isEqualTo(3);
    factory.set(Thread::new);
    assertThat(soon(executor.submit(() -> "recovered"))).isEqualTo("recovered");
  }

  @ParameterizedTest
  @EnumSource
  default void executedBodyThatWaitedLosesNoPlaceWhenNoThreadComesForIt(Broken broken)
      throws Exception {
    needs(Need.THREAD_FACTORY);
    AtomicReference<ThreadFactory> factory = new AtomicReference<>(Thread::new);
    TaskExecutor executor =
        createSingle(cf -> cf.withThreadFactory(b -> factory.get().newThread(b)));
    HeldTask running = new HeldTask();
    executor.execute(running.asRunnable());
    running.awaitStarted();
    executor.execute(() -> {});
    factory.set(broken);
    running.release();
    await().untilAsserted(() -> assertThat(executor.stats().completed()).isEqualTo(2));
    factory.set(Thread::new);
    assertThat(soon(executor.submit(() -> "recovered"))).isEqualTo("recovered");
  }

  @Test
  default void aTaskIsRunByThreadThatIsThereOrRejectedWhenNoOtherComes() throws Exception {
    needs(Need.THREAD_FACTORY);
    AtomicReference<ThreadFactory> factory = new AtomicReference<>(Thread::new);
    TaskExecutor executor = create(cf -> cf.withThreadFactory(b -> factory.get().newThread(b)));
    HeldTask running = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    factory.set(Broken.RETURNS_NULL);
    Future<String> second = null;
    try {
      second = executor.submit(() -> "second");
    } catch (RejectedExecutionException e) {
      assertThat(e).hasMessageContaining("thread");
    }
    running.release();
    if (second != null) {
      assertThat(soon(second)).isEqualTo("second");
    }
    factory.set(Thread::new);
    assertThat(soon(executor.submit(() -> "recovered"))).isEqualTo("recovered");
  }

  private static void assertRanOrRejected(Future<String> future, String result) throws Exception {
    try {
      assertThat(soon(future)).isEqualTo(result);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }
}
