package dev.tandem.testing;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/// A thread that makes one blocking call, for tests that watch or interrupt it meanwhile.
///
/// @param <T> what the call returns
public final class Caller<T extends @Nullable Object> {
  /// How long a test waits for what must happen, also on a busy machine.
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FutureTask<T> result;
  private final Thread thread;
  private volatile boolean flagKept;

  private Caller(ThreadFactory factory, Callable<T> call) {
    result =
        new FutureTask<>(() -> {
          try {
            return call.call();
          } finally {
            flagKept = Thread.interrupted();
          }
        });
    thread = factory.newThread(result);
  }

  /// {@return a platform thread that has begun the call}
  public static <T extends @Nullable Object> Caller<T> start(Callable<T> call) {
    return start(Thread.ofPlatform().daemon().name("caller").factory(), call);
  }

  /// {@return a thread of the factory that has begun the call}
  public static <T extends @Nullable Object> Caller<T> start(
      ThreadFactory factory, Callable<T> call) {
    Caller<T> caller = new Caller<>(factory, call);
    caller.thread.start();
    return caller;
  }

  /// {@return what the future gives, soon}
  public static <T extends @Nullable Object> T soon(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(PATIENCE.toSeconds(), SECONDS);
  }

  /// Waits until the thread is in a blocking call.
  public static void awaitBlocked(Thread thread) {
    patiently().until(() -> isBlocked(thread));
  }

  private static ConditionFactory patiently() {
    return await()
        .dontCatchUncaughtExceptions()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE);
  }

  private static boolean isBlocked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING -> true;
      default -> false;
    };
  }

  /// Waits until the call blocks.
  public Caller<T> awaitBlocked() {
    patiently().until(() -> result.isDone() || isBlocked(thread));
    if (result.isDone()) {
      throw new AssertionError("the call that should block has ended: " + result);
    }
    return this;
  }

  /// Interrupts the thread.
  public void interrupt() {
    thread.interrupt();
  }

  /// {@return the thread that makes the call}
  public Thread thread() {
    return thread;
  }

  /// {@return whether the call has ended}
  public boolean isDone() {
    return result.isDone();
  }

  /// {@return what the call returned} The thread has ended then, so that another can take its place
  /// at a single-ended channel.
  public T result() throws Exception {
    end();
    return result.get();
  }

  /// {@return what the call threw}
  public Throwable failure() throws InterruptedException {
    end();
    try {
      throw new AssertionError("expected the call to throw, but it returned " + result.get());
    } catch (ExecutionException e) {
      return requireNonNull(e.getCause());
    }
  }

  /// {@return whether the thread's interrupt flag was set when the call was left}
  public boolean keptTheFlag() {
    return flagKept;
  }

  /// Waits until the thread has ended.
  public void end() throws InterruptedException {
    assertThat(thread.join(PATIENCE)).as("%s ended", thread).isTrue();
  }
}
