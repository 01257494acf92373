package dev.tandem.pools.internal;

import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.process.Job;
import dev.tandem.pools.internal.process.Job.Cancellation;
import dev.tandem.pools.internal.process.Message;
import dev.tandem.pools.internal.worker.Frame;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A task that runs in a worker process.
class ProcessRun<T extends @Nullable Object> extends AcceptedTask<T> {
  /*
   * Its job decides what becomes of it (Job), and whoever has decided comes here to publish it: the
   * worker's reader, the undertaker, the timer's hands, a canceller. Readers must not run code of
   * users, so if there is some (listeners of the executor, of the task, of the future), the rest is
   * handed over to the executor's callbacks, which are done one after the other.
   *
   * `steps` says which of three things have happened: somebody has added a listener to the future;
   * the outcome is published, or about to be by somebody who has seen no listener; the job is gone.
   * - A listener that is added says so first, by one atomic step. If the publisher was there before,
   *   the future is done in a moment, and the listener waits for that instead of being run by the
   *   reader.
   * - `ended` is told, and the task counted out, by whoever comes second of outcome and gone. So
   *   when the executor has terminated, all futures are done.
   */
  private static final int LISTENED = 1;
  private static final int PUBLISHING = 2;
  private static final int PUBLISHED = 4;
  private static final int GONE = 8;
  private static final VarHandle STEPS;
  private static final long SPIN_NANOS = 30_000;

  static {
    try {
      STEPS = MethodHandles.lookup().findVarHandle(ProcessRun.class, "steps", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ProcessPoolExecutor executor;
  private final Job job;
  private final @Nullable SubmittedHere submitted;
  private volatile int steps;
  private volatile @Nullable UnreadFailure unread;
  private @Nullable NotSerializableException unsendable;

  ProcessRun(
      ProcessPoolExecutor executor, @Nullable Message message, @Nullable SubmittedHere submitted) {
    super(executor.host);
    this.executor = executor;
    this.job = new RunJob<>(this, message);
    this.submitted = submitted;
  }

  final Job job() {
    return job;
  }

  final void cannotBeSent(NotSerializableException why) {
    unsendable = why;
  }

  /// {@return why it cannot be sent; null if it can}
  final @Nullable NotSerializableException unsendable() {
    return unsendable;
  }

  // ---- what subclasses may want otherwise

  long timeoutNanos() {
    return host.timeoutNanos;
  }

  int retries() {
    return 0;
  }

  @Nullable String title() {
    return null;
  }

  /// {@return whether publishing the outcome runs code of users}
  boolean hasCallbacks() {
    return !listeners().isEmpty();
  }

  // ---- the outcome

  private void publish(Runnable outcome) {
    if (!hasCallbacks() && claimWithoutListener()) {
      publishHere(outcome);
    } else {
      executor.callbacks().execute(() -> publishHere(outcome));
    }
  }

  /// {@return whether the future has no listener, and none will be run by who publishes}
  private boolean claimWithoutListener() {
    while (true) {
      int now = steps;
      if ((now & LISTENED) != 0) {
        return false;
      }
      if (STEPS.compareAndSet(this, now, now | PUBLISHING)) {
        return true;
      }
    }
  }

  private void publishHere(Runnable outcome) {
    try {
      host.placeFreed();
      outcome.run();
    } finally {
      step(PUBLISHED, GONE);
    }
  }

  private int addStep(int step) {
    return (int) STEPS.getAndBitwiseOr(this, step);
  }

  private void step(int mine, int other) {
    if ((addStep(mine) & other) == 0) {
      return;
    }
    if (listeners().isEmpty()) {
      host.bodyEnded();
    } else {
      executor
          .callbacks()
          .execute(() -> {
            listeners().ended(this);
            host.bodyEnded();
          });
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the body has returned
  private void returned(@Nullable Object value) {
    publish(() -> succeed((T) value));
  }

  private void failHere(Throwable e) {
    if (submitted != null && !(e instanceof TaskTimeoutException)) {
      e.addSuppressed(submitted.withoutOurs()); // it was made for this task
    }
    publish(() -> fail(e));
  }

  /// It cannot be sent, or nowhere: there is no job for it.
  final void failUnsent(Throwable e) {
    publish(() -> fail(e));
    step(GONE, PUBLISHED);
  }

  @Override
  final void remember(UnreadFailure failure) {
    unread = failure;
  }

  @Override
  final @Nullable UnreadFailure unreadFailure() {
    return unread;
  }

  // ---- stopping

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    if (!isAccepted()) {
      return super.cancel(mayInterruptIfRunning);
    }
    Cancellation how = job.cancel(mayInterruptIfRunning);
    if (how == Cancellation.TOO_LATE) {
      return isCancelled() && super.cancel(mayInterruptIfRunning);
    }
    try {
      host.placeFreed();
      cancelled(mayInterruptIfRunning); // on the canceller's thread, as for all tasks
    } finally {
      step(PUBLISHED, GONE);
      if (how == Cancellation.UNRUN) {
        job.drop();
      }
    }
    return true;
  }

  @Override
  final boolean takeBack() {
    return false; // the fleet takes every job
  }

  @Override
  @Nullable Runnable withdraw() {
    return cancel(false) ? this : null;
  }

  /// Nothing: what `shutdownNow` gives back was cancelled.
  @Override
  public final void run() {}

  // ---- the future

  @Override
  public final void addListener(Runnable listener, Executor on) {
    if ((addStep(LISTENED) & PUBLISHING) != 0) {
      while (!isDone()) {
        Thread.onSpinWait(); // the publisher has found no listener and is just setting the result
      }
    }
    super.addListener(listener, on);
  }

  /// Spins for as long as a quick answer takes, since to be woken takes as long again.
  @Override
  public final T get() throws InterruptedException, ExecutionException {
    spin(SPIN_NANOS);
    return super.get();
  }

  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, TimeoutException, ExecutionException {
    spin(Math.min(SPIN_NANOS, unit.toNanos(timeout)));
    return super.get(timeout, unit);
  }

  private void spin(long nanos) {
    if (isDone() || Thread.currentThread().isVirtual() || !job.isNext()) {
      return;
    }
    long end = System.nanoTime() + nanos;
    do {
      for (int i = 0; i < 32; i++) {
        if (isDone()) {
          return;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - end < 0);
  }

  // ---- TaskInfo

  @Override
  public final @Nullable Thread thread() {
    return null; // it is in another JVM
  }

  @Override
  public final boolean isRunning() {
    return job.isRunning() && (steps & GONE) == 0;
  }

  /// What the fleet sees of it.
  private static final class RunJob<T extends @Nullable Object> extends Job {
    private final ProcessRun<T> run;
    private int lost;

    RunJob(ProcessRun<T> run, @Nullable Message message) {
      super(message);
      this.run = run;
    }

    @Override
    protected void started() {
      run.executor.callbacks().execute(() -> run.listeners().started(run));
    }

    @Override
    protected void answered(int kind, Input in, Decoder decoder) {
      if (kind == Frame.FAILURE) {
        run.failHere(decoder.decodeFailure(in));
        return;
      }
      Object value;
      try {
        value = decoder.decode(in);
      } catch (DecodingException e) {
        run.failHere(unreadable(e));
        return;
      }
      run.returned(value);
    }

    @Override
    protected void crashed(Throwable failure, int itemsBegun) {
      run.failHere(failure);
    }

    @Override
    protected void timedOut(long pid) {
      Duration timeout = Duration.ofNanos(run.timeoutNanos());
      run.failHere(TaskTimeoutException.killed(run.name(), timeout, pid));
    }

    @Override
    protected void abandoned() {
      run.cancel(false);
    }

    @Override
    protected void gone() {
      run.step(GONE, PUBLISHED);
    }

    @Override
    protected long timeoutNanos() {
      return run.timeoutNanos();
    }

    @Override
    protected @Nullable String title() {
      return run.title();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is not news to anybody
    protected Object owner() {
      return run;
    }

    @Override
    protected boolean mayRunAgain() {
      return lost++ < run.retries();
    }
  }

  static Exception unreadable(DecodingException e) {
    var refused = new InvalidClassException("the result cannot be accepted: " + e.getMessage());
    refused.initCause(e);
    return refused;
  }
}
