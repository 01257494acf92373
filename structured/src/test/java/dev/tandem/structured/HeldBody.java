package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A body that holds its thread until the test releases or interrupts it, and counts its
/// interrupts.
final class HeldBody implements Callable<String> {
  static final String RESULT = "released";
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicInteger interrupts = new AtomicInteger();
  private final boolean stubborn;
  private final @Nullable Exception answer;
  private volatile @Nullable Thread thread;

  HeldBody() {
    this(false, null);
  }

  private HeldBody(boolean stubborn, @Nullable Exception answer) {
    this.stubborn = stubborn;
    this.answer = answer;
  }

  /// {@return a body that counts interrupts and stays until it is released}
  static HeldBody stubborn() {
    return new HeldBody(true, null);
  }

  /// {@return a body that answers an interrupt with an exception}
  static HeldBody answering(Exception e) {
    return new HeldBody(false, e);
  }

  @Override
  public String call() throws Exception {
    thread = Thread.currentThread();
    started.countDown();
    while (true) {
      try {
        released.await();
        if (Thread.interrupted()) {
          throw new InterruptedException("came with the release, which hid it");
        }
        return RESULT;
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
        interrupted.countDown();
        if (!stubborn) {
          throw answer == null ? e : answer;
        }
      }
    }
  }

  void release() {
    released.countDown();
  }

  boolean hasStarted() {
    return started.getCount() == 0;
  }

  int interrupts() {
    return interrupts.get();
  }

  /// {@return the thread that runs the body, or has run it}
  Thread thread() {
    Thread t = thread;
    assertThat(t).as("the body has started").isNotNull();
    return t;
  }

  void awaitStarted() throws InterruptedException {
    expect(started, "started");
  }

  void awaitInterrupted() throws InterruptedException {
    expect(interrupted, "interrupted");
  }

  static void expect(CountDownLatch latch, String what) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the body %s", what)
        .isTrue();
  }

  /// Waits until a subtask has succeeded or failed.
  static void awaitEnd(TaskScope.Subtask<?> subtask) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> subtask.state() != TaskScope.Subtask.State.UNAVAILABLE);
  }

  /// Waits until a subtask of a scope with a short timeout has ended; skips the test if the timeout
  /// passes first on a slow machine.
  static void awaitEndInTime(TaskScope<?, ?, ?> scope, TaskScope.Subtask<?> subtask) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> subtask.state() != TaskScope.Subtask.State.UNAVAILABLE || scope.isCancelled());
    assumeTrue(subtask.state() != TaskScope.Subtask.State.UNAVAILABLE, "the machine is too slow");
  }

  /// Runs an action on a thread of its own, once the calling thread waits.
  static Thread whenBlocked(Runnable action) {
    Thread caller = Thread.currentThread();
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          Caller.awaitBlocked(caller);
          action.run();
        });
  }

  /// Runs an action on a thread of its own, once this body runs and the calling thread waits.
  Thread whenRunningAndBlocked(Runnable action) {
    Thread caller = Thread.currentThread();
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            awaitStarted();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          Caller.awaitBlocked(caller);
          action.run();
        });
  }
}
