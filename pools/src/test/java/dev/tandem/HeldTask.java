package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.pools.Workers;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A body that holds its thread until it is released or interrupted, and says what happened to it.
///
/// In the JVM of the test it counts latches down. A copy in a worker process leaves files in a
/// directory of its own, whose name travels with it.
final class HeldTask implements SerializableCallable<String> {
  static final String RESULT = "released";
  private static final long PATIENCE_SECONDS = 20;

  private enum Step {
    STARTED,
    RELEASED,
    INTERRUPTED,
    ENDED
  }

  private final transient CountDownLatch @Nullable [] latches;
  private final boolean stubborn;

  /// Where the copies of this body leave files, once it was sent.
  private volatile @Nullable String directory;

  HeldTask() {
    this(false);
  }

  private HeldTask(boolean stubborn) {
    this.stubborn = stubborn;
    latches = new CountDownLatch[Step.values().length];
    for (Step step : Step.values()) {
      latches[step.ordinal()] = new CountDownLatch(1);
    }
  }

  /// {@return one that notes an interrupt and stays where it is until it is released}
  static HeldTask stubborn() {
    return new HeldTask(true);
  }

  @Override
  public String call() throws InterruptedException {
    pass(Step.STARTED);
    try {
      while (true) {
        try {
          awaitRelease();
          return RESULT;
        } catch (InterruptedException e) {
          pass(Step.INTERRUPTED);
          if (!stubborn) {
            throw e;
          }
        }
      }
    } finally {
      pass(Step.ENDED);
    }
  }

  private void awaitRelease() throws InterruptedException {
    if (latches != null) {
      latches[Step.RELEASED.ordinal()].await();
      return;
    }
    while (!has(Step.RELEASED)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// {@return the same body for `execute`} Being interrupted is a normal end there.
  Runnable asRunnable() {
    SerializableRunnable body =
        () -> {
          try {
            var _ = call();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    return body;
  }

  void release() {
    pass(Step.RELEASED);
    if (directory != null) {
      leave(Step.RELEASED);
    }
  }

  boolean hasStarted() {
    return has(Step.STARTED);
  }

  /// {@return whether the body was told to stop: interrupted, or killed with its process}
  boolean wasInterrupted() {
    return has(Step.INTERRUPTED) || wasKilled();
  }

  boolean hasEnded() {
    return has(Step.ENDED) || wasKilled();
  }

  void awaitStarted() throws InterruptedException {
    await(this::hasStarted, "started");
  }

  void awaitInterrupted() throws InterruptedException {
    await(this::wasInterrupted, "interrupted");
  }

  void awaitEnded() throws InterruptedException {
    await(this::hasEnded, "ended");
  }

  private static void await(BooleanSupplier passed, String what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!passed.getAsBoolean() && System.nanoTime() < end) {
      TimeUnit.MICROSECONDS.sleep(200);
    }
    assertThat(passed.getAsBoolean()).as("the body %s", what).isTrue();
  }

  private void pass(Step step) {
    if (latches == null) {
      leave(step);
    } else {
      latches[step.ordinal()].countDown();
    }
  }

  /// Asserts that the body is gone: at this moment, or soon if its process was killed.
  void assertEnded() {
    if (directory == null) {
      assertThat(hasEnded()).as("the body ended").isTrue();
    } else {
      Awaitility.await().until(this::hasEnded);
    }
  }

  private boolean has(Step step) {
    boolean passedHere = latches != null && latches[step.ordinal()].getCount() == 0;
    return passedHere || (directory != null && Files.exists(file(step)));
  }

  // ---- copies in worker processes

  /// {@return whether a process has ended that ran the body and did not leave it}
  private boolean wasKilled() {
    if (directory == null || !Files.exists(file(Step.STARTED)) || has(Step.ENDED)) {
      return false;
    }
    try {
      long pid = Long.parseLong(Files.readString(file(Step.STARTED)));
      return !Workers.isAlive(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Leaves a file with the id of this process.
  private void leave(Step step) {
    try {
      Path unfinished = Files.createTempFile(Path.of(directory), "unfinished", null);
      Files.writeString(unfinished, Long.toString(ProcessHandle.current().pid()));
      Files.move(unfinished, file(step), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(Step step) {
    return Path.of(directory, step.name());
  }

  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    if (directory == null) {
      Path made = Files.createTempDirectory("held");
      made.toFile().deleteOnExit(); // after the files: what is named last is deleted first
      for (Step step : Step.values()) {
        made.resolve(step.name()).toFile().deleteOnExit();
      }
      directory = made.toString();
      if (has(Step.RELEASED)) {
        leave(Step.RELEASED);
      }
    }
    out.defaultWriteObject();
  }
}
