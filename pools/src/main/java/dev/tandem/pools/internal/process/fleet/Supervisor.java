package dev.tandem.pools.internal.process.fleet;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that decides about workers, step by step. It also spawns them: the kernel kills a
/// worker when the thread that spawned it is gone ([Isolation]), so it must live as long as they do.
///
/// It keeps its own alarms: it needs no other thread, so that it goes on where none can be had. A
/// step that fails, for any reason, is followed by a round that finds what it has left undone.
/// "Thread: supervisor" in this package means a method or field that only such steps use.
///
/// [Isolation]: dev.tandem.pools.internal.worker.Isolation
final class Supervisor implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final DelayQueue<Step> mail = new DelayQueue<>();
  private final AtomicLong numbers = new AtomicLong();
  private final RareWarning warning = new RareWarning(log);
  private final AtomicBoolean roundPosted = new AtomicBoolean();
  private final Runnable round;
  private final Thread thread;
  private volatile boolean ended;

  /// @param round finds what has to be done
  Supervisor(String name, Runnable round) {
    this.round = round;
    thread = new Thread(null, this, name + "-supervisor", 0, false);
  }

  void start() {
    thread.start();
  }

  /// Has a round made soon, because something has happened to a worker. Called by any thread, as
  /// often as it likes: what a worker says must not fill the mail.
  void lookAround() {
    if (roundPosted.compareAndSet(false, true)) {
      try {
        post(() -> {
          roundPosted.set(false); // first: what happens from now on needs another round
          round.run();
        });
      } catch (Throwable e) {
        roundPosted.set(false);
        throw e;
      }
    }
  }

  void post(Runnable step) {
    postAfter(0, step);
  }

  Step postAfter(Duration time, Runnable step) {
    return postAfter(TimeUnit.NANOSECONDS.convert(time), step);
  }

  Step postAfter(long nanos, Runnable step) {
    // no further than nanoTime can tell before from after
    long due = System.nanoTime() + Math.min(nanos, Long.MAX_VALUE >> 1);
    Step posted = new Step(due, numbers.getAndIncrement(), step);
    mail.add(posted);
    return posted;
  }

  /// Ends after the current step.
  void end() {
    ended = true;
    post(() -> {});
  }

  @Override
  public void run() {
    boolean failed = false;
    while (!ended) {
      try {
        if (failed) {
          failed = false;
          LockSupport.parkNanos(PAUSE_NANOS); // what is missing now may be there then
          round.run();
        } else {
          mail.take().body.run();
        }
      } catch (InterruptedException e) {
        log.debug("The thread of a pool was interrupted", e); // it ends when all workers have
      } catch (Throwable e) {
        failed = true;
        warning.warn(thread.getName() + ": a step has failed", e);
      }
    }
  }

  /// A step with the time at which it is due.
  final class Step implements Delayed {
    private final long due;
    private final long number;
    private final Runnable body;

    private Step(long due, long number, Runnable body) {
      this.due = due;
      this.number = number;
      this.body = body;
    }

    /// Takes it out of the mail.
    void cancel() {
      mail.remove(this);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Step step = (Step) other;
      int byTime = Long.signum(due - step.due);
      return byTime != 0 ? byTime : Long.compare(number, step.number);
    }
  }
}
