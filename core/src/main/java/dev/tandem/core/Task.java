package dev.tandem.core;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.Options;
import dev.tandem.core.internal.TaskLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A body with a name and, if wished, a timeout of its own. Immutable; one task may be submitted
/// many times and to many executors.
///
/// {@snippet file="GuideSnippetsTest.java" region="task-timeout"}
///
/// @param <T> the type of the result; a result may be null
public final class Task<T extends @Nullable Object> {
  private static final int UNSET = -1;

  private final String name;
  private final SerializableCallable<T> body;
  private final @Nullable Duration timeout;
  private final @Nullable Duration grace;
  private final int retries; // UNSET: the executor's hold

  private Task(
      String name,
      SerializableCallable<T> body,
      @Nullable Duration timeout,
      @Nullable Duration grace,
      int retries) {
    this.name = name;
    this.body = body;
    this.timeout = timeout;
    this.grace = grace;
    this.retries = retries;
  }

  /// {@return a task that returns a result}
  ///
  /// @param <T> the type of the result
  /// @param name the name in logs, dumps and messages; not blank
  /// @param body what it does
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `name` is blank
  public static <T extends @Nullable Object> Task<T> of(String name, SerializableCallable<T> body) {
    return new Task<>(Options.name(name), notNull(body, "body"), null, null, UNSET);
  }

  /// {@return a task without a result}
  ///
  /// @param name the name in logs, dumps and messages; not blank
  /// @param body what it does
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `name` is blank
  public static Task<@Nullable Void> of(String name, SerializableRunnable body) {
    return of(name, Bodies.<@Nullable Void>of(notNull(body, "body"), null));
  }

  /// {@return this task with a timeout} At the timeout, counted from the start of the body, the
  /// body is interrupted (in a process: killed); once it has ended, at the latest after the grace
  /// period, its future fails with a [TaskTimeoutException]. Replaces the executor's timeout.
  ///
  /// @param timeout the timeout; positive
  /// @throws NullPointerException if `timeout` is null
  /// @throws IllegalArgumentException if `timeout` is zero or negative
  public Task<T> withTimeout(Duration timeout) {
    return new Task<>(name, body, TaskLimits.positive("timeout", timeout), grace, retries);
  }

  /// {@return this task with a grace period} That is how long a body that was told to stop is
  /// waited for before it is reported as still running. Replaces the executor's.
  ///
  /// @param grace the grace period; zero or more
  /// @throws NullPointerException if `grace` is null
  /// @throws IllegalArgumentException if `grace` is negative
  public Task<T> withGrace(Duration grace) {
    return new Task<>(name, body, timeout, TaskLimits.notNegative("grace", grace), retries);
  }

  /// {@return this task, allowed to run again up to so many times when what ran it was lost} That
  /// is a worker process or a cluster member; an exception that the body throws is an answer and
  /// never makes it run again. On threads of this JVM nothing can be lost, so there this has no
  /// effect, which an executor logs the first time as a warning. Replaces the executor's number.
  ///
  /// @param retries how often the task may run again; zero or more
  /// @throws IllegalArgumentException if `retries` is negative
  public Task<T> withRetries(int retries) {
    checkArgument(retries >= 0, "retries: %s (expected: >= 0)", retries);
    return new Task<>(name, body, timeout, grace, retries);
  }

  /// {@return the name}
  public String name() {
    return name;
  }

  /// {@return what it does}
  public SerializableCallable<T> body() {
    return body;
  }

  /// {@return the timeout, or null if the executor's holds}
  public @Nullable Duration timeout() {
    return timeout;
  }

  /// {@return the grace period, or null if the executor's holds}
  public @Nullable Duration grace() {
    return grace;
  }

  /// {@return how often it may run again when what ran it was lost} 0 unless set.
  public int retries() {
    return retriesOr(0);
  }

  /// {@return how often it may run again when what ran it was lost}
  ///
  /// @param unless the number if this task has none of its own
  public int retriesOr(int unless) {
    return retries == UNSET ? unless : retries;
  }

  @Override
  public String toString() {
    return "Task[" + name + (timeout == null ? "]" : ", timeout " + timeout + "]");
  }
}
