package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.SerializableCallable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A body that holds its thread until it is released or interrupted, and says what happened to it.
final class HeldTask implements SerializableCallable<String> {
  static final String RESULT = "released";
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final boolean stubborn;

  HeldTask() {
    this(false);
  }

  private HeldTask(boolean stubborn) {
    this.stubborn = stubborn;
  }

  /// {@return one that notes an interrupt and stays where it is until it is released}
  static HeldTask stubborn() {
    return new HeldTask(true);
  }

  @Override
  public String call() throws InterruptedException {
    started.countDown();
    try {
      while (true) {
        try {
          released.await();
          return RESULT;
        } catch (InterruptedException e) {
          interrupted.countDown();
          if (!stubborn) {
            throw e;
          }
        }
      }
    } finally {
      ended.countDown();
    }
  }

  /// {@return the same body for `execute`} Being interrupted is a normal end there.
  Runnable asRunnable() {
    return () -> {
      try {
        var _ = call();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  void release() {
    released.countDown();
  }

  boolean hasStarted() {
    return started.getCount() == 0;
  }

  boolean wasInterrupted() {
    return interrupted.getCount() == 0;
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  void awaitStarted() throws InterruptedException {
    await(started, "started");
  }

  void awaitInterrupted() throws InterruptedException {
    await(interrupted, "interrupted");
  }

  void awaitEnded() throws InterruptedException {
    await(ended, "ended");
  }

  private static void await(CountDownLatch latch, String what) throws InterruptedException {
    assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the body %s", what).isTrue();
  }
}
