package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A thread that makes blocking calls, for tests that watch or interrupt it meanwhile.
///
/// @param <T> what the call returns
final class Caller<T extends @Nullable Object> {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FutureTask<T> result;
  private final Thread thread;
  private volatile boolean flagKept;

  private Caller(ThreadKind kind, Callable<T> call) {
    result =
        new FutureTask<>(() -> {
          try {
            return call.call();
          } finally {
            flagKept = Thread.interrupted();
          }
        });
    thread = kind.factory().newThread(result);
  }

  /// {@return a thread that has begun the call}
  static <T extends @Nullable Object> Caller<T> start(ThreadKind kind, Callable<T> call) {
    Caller<T> caller = new Caller<>(kind, call);
    caller.thread.start();
    return caller;
  }

  /// Waits until the call blocks.
  Caller<T> awaitBlocked() {
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(() -> result.isDone() || isParked());
    if (result.isDone()) {
      throw new AssertionError("the call that should block has ended: " + result);
    }
    return this;
  }

  private boolean isParked() {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }

  void interrupt() {
    thread.interrupt();
  }

  Thread thread() {
    return thread;
  }

  /// {@return what the call returned} The thread has ended then, so that another can take its place
  /// at a single-ended channel.
  T result() throws Exception {
    end();
    return result.get();
  }

  /// {@return what the call threw}
  Throwable failure() throws InterruptedException {
    end();
    try {
      throw new AssertionError("expected the call to throw, but it returned " + result.get());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /// {@return whether the thread's interrupt flag was set when the call was left}
  boolean keptTheFlag() {
    return flagKept;
  }

  /// Waits until the thread has ended.
  void end() throws InterruptedException {
    assertThat(thread.join(PATIENCE)).as("%s ended", thread).isTrue();
  }
}
