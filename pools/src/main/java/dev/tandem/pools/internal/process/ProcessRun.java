package dev.tandem.pools.internal.process;

import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.internal.executor.RemoteRun;
import dev.tandem.pools.internal.executor.RunTerms;
import dev.tandem.pools.internal.executor.SubmittedHere;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.process.fleet.Job;
import dev.tandem.pools.internal.process.fleet.Job.CancelOutcome;
import dev.tandem.pools.internal.process.fleet.JobClient;
import dev.tandem.pools.internal.process.fleet.Message;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A task that runs in a worker process. Its job decides the outcome ([Job]); the thread that has
/// decided publishes it: the reader of the worker, its reaper, a thread of the timer, a canceller.
final class ProcessRun<T extends @Nullable Object> extends RemoteRun<T> implements JobClient {
  private static final long SPIN_NANOS = 30_000;

  final Job job;

  /// Why it cannot be sent; null if it can.
  final @Nullable NotSerializableException unsendable;

  /// @param callbacks the executor that tells users, apart from readers
  /// @param given the body that `execute` was given, for `shutdownNow` to give back
  /// @param message what is sent; null if the body cannot be sent
  /// @param unsendable why that is
  /// @param submitted the stack of the submitter, if it is kept
  ProcessRun(
      TaskHost host,
      Executor callbacks,
      RunTerms terms,
      @Nullable Runnable given,
      @Nullable Message message,
      @Nullable NotSerializableException unsendable,
      @Nullable SubmittedHere submitted) {
    super(host, callbacks, terms, given, submitted);
    this.job = Job.ofTask(this, message);
    this.unsendable = unsendable;
  }

  /// {@return the failure of a task that was stopped by killing the process that ran it}
  static TaskTimeoutException killedAtTimeout(String task, long timeoutNanos, long pid) {
    return new TaskTimeoutException(
        task,
        Duration.ofNanos(timeoutNanos),
        "its worker process (pid %s) was killed".formatted(pid),
        false);
  }

  // ---- stopping

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isAccepted()) {
      return super.cancel(mayInterruptIfRunning);
    }
    CancelOutcome how = job.cancel(mayInterruptIfRunning);
    if (how == CancelOutcome.TOO_LATE) {
      return isCancelled() && super.cancel(mayInterruptIfRunning);
    }
    try {
      cancelledHere(mayInterruptIfRunning, how == CancelOutcome.STOPPED);
    } finally {
      if (how == CancelOutcome.UNRUN) {
        job.leave();
      }
    }
    return true;
  }

  // ---- the future

  /// Spins for as long as a quick answer takes, since to be woken takes as long again.
  @Override
  public T get() throws InterruptedException, ExecutionException {
    spin(SPIN_NANOS);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
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
  public boolean isRunning() {
    return job.runningIn() != 0 && !hasLeft();
  }

  @Override
  public long workerPid() {
    return job.runningIn();
  }

  // ---- JobClient

  @Override
  public void isNext(long pid) {
    startsIn(pid);
  }

  @Override
  public void started() {
    begun();
  }

  @Override
  public void answered(int kind, @Nullable Object answer) {
    if (answer instanceof Failed failed) {
      failedThere(failed.failure());
    } else {
      returned(answer);
    }
  }

  @Override
  public void refused(Throwable reason) {
    if (reason instanceof WorkerCrashedException) {
      failedThere(reason); // it was sent, and is this task's alone
      return;
    }
    // a shared exception must not collect what belongs to single tasks
    failedHere(
        reason instanceof PoolStartException shared
            ? new PoolStartException(String.valueOf(shared.getMessage()), shared)
            : reason);
  }

  @Override
  public void crashed(Throwable failure, int itemsBegun) {
    failedThere(failure);
  }

  @Override
  public void timedOut(long pid) {
    failedThere(killedAtTimeout(name(), timeoutNanos(), pid));
  }

  @Override
  public void abandoned() {
    cancel(false);
  }

  @Override
  public void gone(Job settled) {
    left();
  }
}
