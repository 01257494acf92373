package dev.tandem.pools.internal.thread;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.Handles;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.Rejection;
import dev.tandem.pools.internal.executor.TaskRecord;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A task that runs on a thread of this JVM.
class TaskRun<T extends @Nullable Object> extends AcceptedTask<T> {
  /*
   * The life of a task is the life of the field `stage`:
   *
   *   body --run--> Thread --body ends--> ENDED
   *    |               |--cancel---> Stop(CANCELLED) --> ENDED
   *    |               |--stop-----> Stop(INTERRUPTED) -> ENDED
   *    |               '--deadline-> Stop(TIMED_OUT) ---> ENDED
   *    |                              |--cancel--> Stop(CANCELLED)
   *    |                              '--grace---> Stop(ABANDONED)
   *    '--cancel--> UNRUN
   *
   * Each arrow is a compareAndSet, and whoever makes it publishes the outcome that belongs to it, so
   * there is exactly one outcome. (The body's thread, which alone leaves CANCELLED and ABANDONED,
   * publishes nothing then.) The arrow comes first, then counters and listeners, then the future:
   * who sees the future done sees what the listeners did. A failure that nobody has read takes the
   * place of ENDED.
   *
   * An interrupt reaches the body or no thread. The step to a Stop only makes it due, and the executor's
   * queue of interrupts sends it: `interrupt` is code of users and may block, which must not delay
   * the timer, a canceller that has others to cancel, or a thread that closes the executor. The body's
   * thread waits for an interrupt that is being sent, takes back one that is not, and clears the
   * flag, before it makes its last step (Interruption): else a canceller that had read `stage` just
   * before the body ended would interrupt the next task on the same thread. (The idea is
   * FutureTask's and Guava's InterruptibleTask's; both leave the flag set, which on a pool's thread
   * is the pool's problem and on a direct executor the caller's.)
   *
   * One object of 40 bytes: 24 of AbstractFuture's, and 16 here, where Guava's has 32 and a second
   * object of 24. That is why body, thread, steps in between and unread failure share one field, why
   * the name stands in a subclass, and why the id is the count of submissions that is kept anyway.
   */
  private static final Object ENDED = new Object();
  private static final Object UNRUN = new Object();
  private static final VarHandle STAGE = Handles.of(MethodHandles.lookup(), "stage", Object.class);

  private volatile Object stage;

  TaskRun(ThreadHost host, Callable<T> body) {
    super(host);
    // a callable that is a thread as well would be taken for the thread that runs it
    Callable<T> own = body instanceof Thread ? () -> body.call() : body;
    this.stage = TaskRecord.stamped(own);
  }

  private ThreadHost threads() {
    return (ThreadHost) host; // of the constructor
  }

  // ---- what subclasses may want otherwise

  /// Frees the place of the task in a bounded queue. Called once, before the future completes, so
  /// that a caller that has the result finds room.
  void placeFreed() {
    host.placeFreed();
  }

  /// Counts the task out: its body has left its thread, or will never be on one. Called once.
  void bodyEnded() {
    host.bodyEnded();
  }

  /// {@return the timeout of the body, or 0}
  long timeoutNanos() {
    return host.timeoutNanos;
  }

  long graceNanos() {
    return host.graceNanos;
  }

  /// Notes the time, if that is kept, before the body is called.
  void begins() {}

  // ---- submitting

  final boolean isQueued() {
    return stage instanceof Callable;
  }

  @Override
  protected final boolean takeBack() {
    Object body = stage;
    if (!(body instanceof Callable) || !STAGE.compareAndSet(this, body, UNRUN)) {
      return false;
    }
    host.enterDuty();
    try {
      counters().refused();
      listeners().cancelled(this);
      super.cancel(false);
    } finally {
      endedUnrun();
    }
    return true;
  }

  /// Ends an accepted task that got no thread: its future tells.
  final void refuse(Throwable cause) {
    if (host.isStopping()) {
      cancel(false);
      return;
    }
    Object body = stage;
    if (body instanceof Callable && STAGE.compareAndSet(this, body, ENDED)) {
      host.enterDuty();
      try {
        Rejection.ofAccepted(this, cause);
        fail(notStarted(cause));
      } finally {
        endedUnrun();
      }
    }
  }

  @Override
  public @Nullable Runnable withdraw() {
    return isQueued() && cancel(false) ? this : null;
  }

  // ---- running

  @Override
  public void run() {
    try {
      runHere();
    } finally {
      threads().threadLeft();
    }
  }

  /// Runs the body on the current thread, unless it has run or was cancelled.
  ///
  /// All in one method, and the usual body called from here directly: a virtual thread that parks
  /// keeps its frames on the heap, and ten thousand connections keep ten thousand of each.
  @SuppressWarnings("unchecked") // the only callable that is ever a stage is the body
  final void runHere() {
    Object body = stage;
    if (!(body instanceof Callable) || !STAGE.compareAndSet(this, body, Thread.currentThread())) {
      return;
    }
    ThreadHost threads = threads();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    int place = RunningTasks.NOWHERE;
    try {
      T value = null;
      Throwable exception = null;
      long start = 0;
      Future<?> deadline = null;
      TaskRecord record = null;
      try {
        place = threads.running.enter(this);
        long timeout = timeoutNanos();
        if (timeout != 0) {
          start = System.nanoTime();
          deadline = deadlineAfter(timeout, start);
        }
        begins();
        threads.onStart(this);
        listeners().started(this);
        record = TaskRecord.started((Callable<T>) body);
        value =
            threads.renamesThreads()
                ? threads.callRenamed(this, (Callable<T>) body)
                : ((Callable<T>) body).call();
      } catch (Throwable e) {
        exception = e;
      }
      if (record != null) {
        record.ended();
      }
      if (deadline != null) {
        deadline.cancel(false);
      }
      publish(value, exception, start, record);
    } finally {
      try {
        listeners().ended(this);
        ContextLoader.restore(Thread.currentThread(), loader); // whatever the body has set
      } finally { // a thread can override setContextClassLoader
        threads.running.exit(place, this);
        bodyEnded();
      }
    }
  }

  private Future<?> deadlineAfter(long timeout, long start) {
    return TaskTimer.after(timeout, () -> deadlinePassed(start));
  }

  private void publish(
      @Nullable T value, @Nullable Throwable exception, long start, @Nullable TaskRecord record) {
    while (true) {
      Object now = stage;
      if (now instanceof Stop stop) {
        Interruption interruption = stop.interruption();
        if (interruption != null) {
          interruption.end();
        }
        if (STAGE.compareAndSet(this, stop, stop.unread() == null ? ENDED : stop.unread())) {
          placeFreed();
          ThreadHost.settled(this, record, stop.phase(), exception);
          switch (stop.phase()) {
            case TIMED_OUT -> {
              stop.cancelGraceEnd();
              timedOut(start, false);
            }
            case INTERRUPTED -> complete(value, exception);
            default -> {} // the outcome is the canceller's or the timer's
          }
          return;
        }
      } else if (STAGE.compareAndSet(this, now, ENDED)) {
        placeFreed();
        ThreadHost.settled(this, record, null, exception);
        complete(value, exception);
        return;
      }
    }
  }

  @SuppressWarnings("NullAway") // value is null only where T allows it, or with an exception
  private void complete(@Nullable T value, @Nullable Throwable exception) {
    if (exception == null) {
      succeed(value);
    } else {
      fail(exception);
    }
  }

  @Override
  protected final void remember(UnreadFailure unread) {
    while (true) {
      Object now = stage; // ENDED; or ABANDONED, which the body may just be leaving
      Object next = now instanceof Stop stop ? stop.with(unread) : unread;
      if (STAGE.compareAndSet(this, now, next)) {
        return;
      }
    }
  }

  @Override
  protected final @Nullable UnreadFailure unreadFailure() {
    return switch (stage) {
      case UnreadFailure failure -> failure;
      case Stop stop -> stop.unread();
      default -> null;
    };
  }

  /// Ends a task that never ran and never will, and with it the duty of the current thread.
  private void endedUnrun() {
    try {
      placeFreed();
      listeners().ended(this);
    } finally {
      host.leaveDuty();
      bodyEnded();
    }
  }

  // ---- stopping

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    while (true) {
      Object now = stage;
      if (now instanceof Callable) {
        if (STAGE.compareAndSet(this, now, UNRUN)) {
          if (!isAccepted()) { // it was made and never submitted: no listener has heard of it
            return super.cancel(mayInterruptIfRunning);
          }
          host.enterDuty();
          try {
            cancelled(mayInterruptIfRunning);
          } finally {
            endedUnrun(); // also when a listener of the future throws an error
          }
          return true;
        }
      } else if (now instanceof Thread thread) {
        Interruption due = mayInterruptIfRunning ? new Interruption(thread) : null;
        if (STAGE.compareAndSet(this, thread, Stop.cancelled(thread, due))) {
          if (due != null) {
            due.send(threads().interrupts);
          }
          cancelled(mayInterruptIfRunning);
          return true;
        }
      } else if (now instanceof Stop stop && stop.isOpen()) {
        Stop cancelled = Stop.cancelled(stop.thread(), stop.interruption());
        if (STAGE.compareAndSet(this, stop, cancelled)) {
          stop.cancelGraceEnd();
          cancelled(mayInterruptIfRunning);
          return true;
        }
      } else if (now == UNRUN
          || (now instanceof Stop stop && stop.phase() == Stop.Phase.CANCELLED)) {
        // another canceller made the step; make sure that the future is done when this returns
        return super.cancel(mayInterruptIfRunning);
      } else {
        return false; // ended or abandoned: the outcome is another's
      }
    }
  }

  /// Interrupts the body, if it is on a thread, and leaves its outcome to it. One that was
  /// interrupted before, and goes on, is interrupted again.
  final void interruptBody() {
    while (true) {
      Object now = stage;
      Interruption due;
      Stop next;
      if (now instanceof Thread thread) {
        due = new Interruption(thread);
        next = Stop.interrupted(thread, due);
      } else if (now instanceof Stop stop && stop.canInterrupt()) {
        due = new Interruption(stop.thread());
        next = stop.with(due);
      } else {
        return;
      }
      if (STAGE.compareAndSet(this, now, next)) {
        due.send(threads().interrupts);
        return;
      }
    }
  }

  /// Thread: timer, which calls nothing that a user wrote.
  private void deadlinePassed(long start) {
    if (!(stage instanceof Thread thread)) {
      return;
    }
    Interruption due = new Interruption(thread);
    // The timer has one thread, this one, so the end of grace cannot come before TIMED_OUT is set.
    Future<?> graceEnd = TaskTimer.after(graceNanos(), () -> graceEnded(start));
    if (STAGE.compareAndSet(this, thread, Stop.timedOut(thread, due, graceEnd))) {
      due.send(threads().interrupts);
    } else {
      graceEnd.cancel(false);
    }
  }

  /// Thread: timer.
  private void graceEnded(long start) {
    Runnable giveUp = () -> timedOut(start, true); // made before the step that it follows
    while (stage instanceof Stop stop && stop.phase() == Stop.Phase.TIMED_OUT) {
      if (STAGE.compareAndSet(this, stop, stop.abandoned())) {
        try {
          // listeners of the future are user code and must not hold up other timeouts
          TaskTimer.handOver(host.loader, giveUp);
        } catch (Throwable e) { // no memory: the future must be done all the same
          giveUp.run();
        }
        return;
      }
    }
  }

  private void timedOut(long start, boolean stillRunning) {
    Throwable reason;
    try {
      reason = Stop.timeoutException(name(), timeoutNanos(), start, stillRunning);
    } catch (Throwable e) { // no memory for it: the future must be done all the same
      reason = e;
    }
    fail(reason);
  }

  // ---- TaskInfo

  @Override
  public final @Nullable Thread thread() {
    return switch (stage) {
      case Thread thread -> thread;
      case Stop stop -> stop.thread();
      default -> null;
    };
  }
}
