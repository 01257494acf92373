package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import dev.tandem.cluster.internal.CallerCode.Request;
import dev.tandem.cluster.internal.ReceivedReply.Outcome;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.core.internal.Handles;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.executor.RemoteRun;
import dev.tandem.pools.internal.executor.RunTerms;
import dev.tandem.pools.internal.executor.SubmittedHere;
import java.io.NotSerializableException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A task that runs on a member of a cluster. Its errand decides the outcome; the thread that has
/// decided publishes it: one of Hazelcast's, one of the timer, a canceller.
final class ClusterRun<T extends @Nullable Object> extends RemoteRun<T> {
  private static final VarHandle HELPER =
      Handles.of(MethodHandles.lookup(), "helper", Thread.class);

  private final ClusterTaskExecutor executor;
  private final @Nullable Request request;

  /// The thread that waits for the answer and takes it.
  private volatile @Nullable Thread helper;

  /// Why it cannot be sent; null if it can.
  final @Nullable NotSerializableException unsendable;

  final TaskErrand errand;

  /// @param given the body that `execute` was given, for `shutdownNow` to give back
  /// @param request null if the body cannot be sent
  /// @param unsendable why that is
  /// @param submitted the stack of the submitter
  ClusterRun(
      ClusterTaskExecutor executor,
      RunTerms terms,
      @Nullable Runnable given,
      @Nullable Request request,
      @Nullable NotSerializableException unsendable,
      SubmittedHere submitted) {
    super(executor.host, executor.callbacks, terms, given, submitted);
    this.executor = executor;
    this.request = request;
    this.unsendable = unsendable;
    this.errand = new TaskErrand(terms.retries());
  }

  // ---- stopping

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isAccepted()) {
      return super.cancel(mayInterruptIfRunning);
    }
    Errand.Before before = errand.decideNow();
    if (before == Errand.Before.DECIDED) {
      return isCancelled() && super.cancel(mayInterruptIfRunning);
    }
    try {
      cancelledHere(mayInterruptIfRunning, before != Errand.Before.WAITING);
    } finally {
      if (before == Errand.Before.WAITING) {
        errand.gone();
        executor.dispatcher.decidedHere();
      } else if (mayInterruptIfRunning) {
        errand.stop();
      }
    }
    return true;
  }

  // ---- the future

  /// Takes the answer itself, if it comes meanwhile: one hand-over less than through Hazelcast's
  /// threads for callbacks.
  @Override
  public T get() throws InterruptedException, ExecutionException {
    help(Long.MAX_VALUE);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, TimeoutException, ExecutionException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    help(unit.toNanos(timeout));
    return super.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /*
   * One waiter at a time is the helper. It writes `helper`, then looks whether the answer is there,
   * then parks. The thread that brings the answer, or another outcome, writes that, then reads
   * `helper`: one sees the other. A helper that leaves, because it is interrupted or out of time,
   * takes itself away, then looks once more: an answer that was left to it is handed over. It looks
   * at the last attempt, decided or not: a canceller and the timer leave the end of theirs to it, too.
   */
  private void help(long nanos) throws InterruptedException {
    if (isDone()) {
      return;
    }
    executor.checkMayWait(name());
    if (!HELPER.compareAndSet(this, null, Thread.currentThread())) {
      return;
    }
    try {
      waitAndHelp(nanos);
    } finally {
      helper = null;
      Attempt attempt = errand.last();
      if (attempt != null && !hasLeft() && attempt.isAnswered()) {
        executor.dispatcher.handOver(attempt);
      }
    }
  }

  private void waitAndHelp(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (!isDone() && left > 0) {
      Attempt attempt = errand.attempt();
      if (attempt != null && attempt.isAnswered()) {
        executor.dispatcher.take(attempt);
        return;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(this, left);
      left = nanos == Long.MAX_VALUE ? nanos : end - System.nanoTime();
    }
  }

  private boolean wakeHelper() {
    Thread waits = helper;
    LockSupport.unpark(waits);
    return waits != null;
  }

  @Override
  protected void afterDone() {
    var _ = wakeHelper();
  }

  @Override
  public boolean isRunning() {
    return errand.last() != null && !hasLeft();
  }

  /// What is sent for the task.
  final class TaskErrand extends Errand {
    private volatile @Nullable Future<?> timer;

    TaskErrand(int retries) {
      super(retries);
    }

    ClusterRun<T> run() {
      return ClusterRun.this;
    }

    @Override
    byte[] request(Attempt attempt) {
      return requireNonNull(request).bytes(attempt);
    }

    @Override
    boolean isHelped() {
      return wakeHelper();
    }

    /// Not: it counts as started when it is sent, and its timeout runs.
    @Override
    boolean mayWaitThere() {
      return false;
    }

    @Override
    void begun(Attempt attempt) {
      ClusterRun.this.begun();
      if (timeoutNanos() > 0) {
        // the member interrupts the body; this is for what does not end, or does not answer
        long last = LongMath.saturatedAdd(timeoutNanos(), host.graceNanos);
        timer = TaskTimer.after(last, () -> timedOut(attempt));
      }
    }

    /// Stops what the last attempt runs.
    void stop() {
      Attempt attempt = last();
      if (attempt != null) {
        executor.dispatcher.stop(attempt);
      }
    }

    private void timedOut(Attempt attempt) {
      if (decide(attempt)) {
        executor.dispatcher.stop(attempt);
        failedThere(timeout(executor, name(), timeoutNanos(), attempt, true));
      }
    }

    @Override
    void answered(Attempt attempt, byte[] reply) {
      switch (Envelope.kind(reply)) {
        case Wire.TIMED_OUT ->
            failedThere(timeout(executor, name(), timeoutNanos(), attempt, false));
        case Wire.UNWANTED ->
            failedThere(new IllegalStateException("it was stopped without a request from here"));
        default -> read(attempt, reply);
      }
    }

    private void read(Attempt attempt, byte[] reply) {
      try {
        executor.code.read(
            reply,
            requireNonNull(request).guest(),
            (decoder, in) -> publish(ReceivedReply.read(decoder, in, attempt.member.address)));
      } catch (DecodingException e) {
        failedThere(e.ofResult());
      } catch (Throwable e) { // no memory for it here
        failedThere(e);
      }
    }

    private void publish(Outcome outcome) {
      if (outcome.failure() != null) {
        failedThere(outcome.failure());
      } else {
        returned(outcome.result());
      }
    }

    @Override
    void failed(Throwable failure) {
      failedThere(failure);
    }

    @Override
    void gone() {
      Future<?> started = timer;
      if (started != null) {
        started.cancel(false);
      }
      left();
    }
  }

  /// {@return the failure of what ran too long on a member}
  static TaskTimeoutException timeout(
      ClusterTaskExecutor executor,
      String task,
      long timeoutNanos,
      Attempt attempt,
      boolean stillRunning) {
    return new TaskTimeoutException(
        task,
        Duration.ofNanos(timeoutNanos),
        stillRunning
            ? "it was interrupted on the member %s, and has not ended %s later"
                .formatted(attempt.member.address, Duration.ofNanos(executor.host.graceNanos))
            : "it was interrupted on the member " + attempt.member.address,
        stillRunning);
  }
}
