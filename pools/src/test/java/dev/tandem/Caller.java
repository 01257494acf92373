package dev.tandem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A thread that makes one blocking call, for tests that watch or interrupt it meanwhile.
///
/// @param <T> what the call returns
final class Caller<T extends @Nullable Object> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FutureTask<T> result;
  private final Thread thread;
  private volatile boolean flagKept;

  private Caller(Callable<T> call) {
    result =
        new FutureTask<>(() -> {
          try {
            return call.call();
          } finally {
            flagKept = Thread.interrupted();
          }
        });
    thread = Thread.ofPlatform().daemon().name("caller").unstarted(result);
  }

  /// {@return a thread that has begun the call}
  static <T extends @Nullable Object> Caller<T> start(Callable<T> call) {
    Caller<T> caller = new Caller<>(call);
    caller.thread.start();
    return caller;
  }

  /// {@return what the future gives, soon}
  static <T extends @Nullable Object> T soon(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(PATIENCE.toSeconds(), SECONDS);
  }

  /// Waits until the call blocks.
  Caller<T> awaitBlocked() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            switch (thread.getState()) {
              case WAITING, TIMED_WAITING -> true;
              default -> result.isDone();
            });
    assertThat(result.isDone()).as("the call that should block has returned").isFalse();
    return this;
  }

  void interrupt() {
    thread.interrupt();
  }

  boolean isDone() {
    return result.isDone();
  }

  /// {@return what the call returned}
  T result() throws Exception {
    return soon(result);
  }

  /// {@return what the call threw}
  Throwable failure() throws InterruptedException, TimeoutException {
    try {
      T value = soon(result);
      throw new AssertionError("expected the call to throw, but it returned " + value);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /// {@return whether the thread's interrupt flag was set when the call was left}
  boolean keptTheFlag() {
    return flagKept;
  }
}
