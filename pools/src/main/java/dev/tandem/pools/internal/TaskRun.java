package dev.tandem.pools.internal;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskTimeoutException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One submitted task: its future, its runnable and its [TaskInfo] in a single object.
class TaskRun<T extends @Nullable Object> extends TaskFuture<T>
    implements RunnableFuture<T>, TaskInfo {
  /*
   * The life of a task is the life of the field `runner`:
   *
   *   null --run--> Thread --body ends--> ENDED
   *    |               |--cancel(false)--> Stop(CANCELLED) -------------------> ENDED
   *    |               |--cancel(true)---> Stop(INTERRUPTING) -> Stop(CANCELLED) -> ENDED
   *    |               '--deadline-------> Stop(INTERRUPTING) -> Stop(TIMED_OUT) -> ENDED
   *    |                                                          |--cancel--> Stop(CANCELLED)
   *    |                                                          '--grace---> Stop(ABANDONED)
   *    '--cancel--> UNRUN
   *
   * Each arrow but two is a compareAndSet, and whoever makes it publishes the outcome that belongs
   * to it, so there is exactly one outcome. (The two are: INTERRUPTING -> next, a plain volatile
   * write by the only thread that may leave that phase; CANCELLED or ABANDONED -> ENDED, made by the
   * body's thread alone, after the outcome is somebody else's.) The arrow comes first, then counters
   * and listeners, then the future: who sees the future done sees what the listeners did.
   *
   * An interrupt reaches the body or nobody. It is sent only in the phase INTERRUPTING, which the
   * body's thread waits out before it leaves run(), and then clears the flag: without the wait, a
   * canceller that had read `runner` just before the body ended would interrupt the next task on the
   * same thread. (The idea is FutureTask's and Guava's InterruptibleTask's; both leave the flag set,
   * which on a pool's thread is the pool's problem and on a direct executor the caller's.)
   *
   * One object, because two would cost 24 bytes and a cache miss per task: AbstractFuture 24 bytes,
   * plus 24 here. So the field for the body later holds the record of an unread failure, and the id
   * is the count of submissions that is kept anyway.
   */
  private static final Object ENDED = new Object();
  private static final Object UNRUN = new Object();
  private static final VarHandle RUNNER;

  static {
    try {
      RUNNER = MethodHandles.lookup().findVarHandle(TaskRun.class, "runner", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final TaskHost host;
  private final @Nullable Task<T> task;
  private volatile @Nullable Object runner;

  private long id;

  TaskRun(TaskHost host, @Nullable Task<T> task, Callable<T> body) {
    this.host = host;
    this.task = task;
    payload = body;
  }

  // ---- what subclasses may want otherwise

  TaskListeners listeners() {
    return host.listeners;
  }

  TaskCounters counters() {
    return host.counters;
  }

  /// The body failed, and nobody knows yet. Called before the future completes.
  void failedUnread(Throwable exception) {
    payload = host.unread.add(this, exception);
  }

  /// The body is gone from its thread, or will never be on one; called once.
  void bodyEnded() {
    host.bodyEnded();
  }

  // ---- submitting

  final boolean isAccepted() {
    return id != 0;
  }

  /// {@return whether it is a task to those outside, and not only a means to run others}
  boolean isCounted() {
    return true;
  }

  /// The executor takes it.
  void accept() {
    id = counters().submitted();
    listeners().submitted(this);
  }

  /// The executor took it and could not give it a thread.
  final void refuse(Throwable cause) {
    if (RUNNER.compareAndSet(this, null, ENDED)) {
      payload = null;
      fail(Rejections.notStarted(this, cause));
      ended();
    }
  }

  /// Cancels it if it has not started.
  ///
  /// @return what `shutdownNow` gives back for it, or null if it has started or ended
  @Nullable Runnable withdraw() {
    return runner == null && cancel(false) ? this : null;
  }

  // ---- running

  @Override
  public void run() {
    try {
      runHere();
    } finally {
      host.threadLeft();
    }
  }

  /// Runs the body on the current thread, unless it has run or was cancelled.
  final void runHere() {
    if (runner != null || !RUNNER.compareAndSet(this, null, Thread.currentThread())) {
      return;
    }
    int slot = host.running.enter(this);
    try {
      runBody();
    } finally {
      host.running.exit(slot, this);
      ended();
    }
  }

  private void runBody() {
    T value = null;
    Throwable exception = null;
    long start = 0;
    Future<?> deadline = null;
    try {
      long timeout = timeoutNanos();
      if (timeout != 0) {
        start = System.nanoTime();
        deadline = deadlineAfter(timeout, start);
      }
      host.onStart();
      listeners().started(this);
      value = host.call(this, takeBody());
    } catch (Throwable e) {
      exception = e;
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
    publish(value, exception, start);
  }

  private Future<?> deadlineAfter(long timeout, long start) {
    return TaskTimer.after(timeout, () -> deadlinePassed(start));
  }

  @SuppressWarnings("unchecked") // it is a Callable<T> until here
  private Callable<T> takeBody() {
    Callable<T> taken = (Callable<T>) requireNonNull(payload);
    payload = null; // a long-lived future must not keep what its body captured
    return taken;
  }

  @SuppressWarnings("NullAway") // value is null only where T allows it, or with an exception
  private void publish(@Nullable T value, @Nullable Throwable exception, long start) {
    while (true) {
      Object r = runner;
      if (r instanceof Stop s) {
        switch (s.phase()) {
          case INTERRUPTING -> Thread.yield();
          case TIMED_OUT -> {
            if (RUNNER.compareAndSet(this, s, ENDED)) {
              cancelGraceEnd(s);
              Thread.interrupted();
              fail(timeoutException(start, false));
              return;
            }
          }
          case CANCELLED, ABANDONED -> {
            runner = ENDED;
            if (s.interrupted()) {
              Thread.interrupted();
            }
            return;
          }
        }
      } else if (RUNNER.compareAndSet(this, r, ENDED)) {
        if (exception == null) {
          succeed(value);
        } else {
          fail(exception);
        }
        return;
      }
    }
  }

  void succeed(T value) {
    counters().succeeded();
    listeners().succeeded(this);
    set(value);
  }

  void fail(Throwable exception) {
    counters().failed();
    listeners().failed(this, exception);
    failedUnread(exception);
    setException(exception);
  }

  private void ended() {
    listeners().ended(this);
    bodyEnded();
  }

  // ---- stopping

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    while (true) {
      Object r = runner;
      if (r == null) {
        if (RUNNER.compareAndSet(this, null, UNRUN)) {
          payload = null;
          cancelled(mayInterruptIfRunning);
          ended();
          return true;
        }
      } else if (r instanceof Thread thread) {
        if (mayInterruptIfRunning
            ? interrupt(thread, new Stop(thread, Stop.Phase.CANCELLED, true))
            : RUNNER.compareAndSet(this, r, new Stop(thread, Stop.Phase.CANCELLED, false))) {
          cancelled(mayInterruptIfRunning);
          return true;
        }
      } else if (r instanceof Stop s && s.phase() == Stop.Phase.INTERRUPTING) {
        Thread.yield();
      } else if (r instanceof Stop s && s.phase() == Stop.Phase.TIMED_OUT) {
        if (RUNNER.compareAndSet(this, s, new Stop(s.thread(), Stop.Phase.CANCELLED, true))) {
          cancelGraceEnd(s);
          cancelled(mayInterruptIfRunning);
          return true;
        }
      } else if (r == UNRUN || (r instanceof Stop s && s.phase() == Stop.Phase.CANCELLED)) {
        // another canceller made the step; make sure that the future is done when this returns
        return super.cancel(mayInterruptIfRunning);
      } else {
        return false; // ended or abandoned: the outcome is somebody else's
      }
    }
  }

  private void cancelled(boolean interrupted) {
    counters().cancelled();
    listeners().cancelled(this);
    super.cancel(interrupted);
  }

  /// Takes the step from running to `next` and interrupts the body on the way.
  private boolean interrupt(Thread thread, Stop next) {
    if (!RUNNER.compareAndSet(this, thread, new Stop(thread, Stop.Phase.INTERRUPTING, true))) {
      return false;
    }
    try {
      thread.interrupt();
    } finally {
      runner = next;
    }
    return true;
  }

  /// Runs on the timer's thread, which calls nothing that a user wrote.
  private void deadlinePassed(long start) {
    if (!(runner instanceof Thread thread)) {
      return;
    }
    // The timer has one thread, this one, so the end of grace cannot come before TIMED_OUT is set.
    Stop[] timedOut = new Stop[1];
    Future<?> graceEnd = TaskTimer.after(graceNanos(), () -> graceEnded(timedOut[0], start));
    timedOut[0] = new Stop(thread, Stop.Phase.TIMED_OUT, true, graceEnd);
    if (!interrupt(thread, timedOut[0])) {
      graceEnd.cancel(false);
    }
  }

  private void graceEnded(Stop timedOut, long start) {
    Stop abandoned = new Stop(timedOut.thread(), Stop.Phase.ABANDONED, true);
    if (RUNNER.compareAndSet(this, timedOut, abandoned)) {
      // listeners of the future are user code and must not hold up other timeouts
      TaskTimer.handOver(() -> fail(timeoutException(start, true)));
    }
  }

  private static void cancelGraceEnd(Stop s) {
    Future<?> end = s.graceEnd();
    if (end != null) {
      end.cancel(false);
    }
  }

  /// {@return the timeout of the body, or 0}
  long timeoutNanos() {
    Duration own = task == null ? null : task.timeout();
    return own == null ? host.timeoutNanos : TimeUnit.NANOSECONDS.convert(own);
  }

  private long graceNanos() {
    Duration own = task == null ? null : task.grace();
    return own == null ? host.graceNanos : TimeUnit.NANOSECONDS.convert(own);
  }

  private TaskTimeoutException timeoutException(long start, boolean stillRunning) {
    Duration waited = Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    return new TaskTimeoutException(name(), Duration.ofNanos(timeoutNanos()), waited, stillRunning);
  }

  // ---- TaskInfo

  @Override
  public final long id() {
    return id;
  }

  @Override
  public String name() {
    return task == null ? host.name + "-" + id : task.name();
  }

  @Override
  public final String executor() {
    return host.name;
  }

  @Override
  public final @Nullable Thread thread() {
    return switch (runner) {
      case Thread thread -> thread;
      case Stop stop -> stop.thread();
      case null, default -> null;
    };
  }

  final @Nullable Task<T> task() {
    return task;
  }

  /// The inherited method would read a failure.
  @Override
  public String toString() {
    State state = state();
    String now = state == State.RUNNING && !isRunning() ? "QUEUED" : state.name();
    return "Task[%s of %s: %s]".formatted(name(), executor(), now);
  }
}
