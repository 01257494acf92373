package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.LincheckBase;
import dev.tandem.pools.internal.process.fleet.Job.CancelOutcome;
import dev.tandem.pools.internal.wire.Pages;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/// A job that is sent, taken back, sent again, started, answered, lost with its worker or with a
/// reader that does not end, refused and cancelled by many, has one outcome, is answered at most
/// once, and is gone once.
public class JobLincheckTest extends LincheckBase {
  private static final int NONE = 0;

  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final Workplace worker = new Workplace();
  private final ReaderState reading = new ReaderState();
  private final Job job = Job.ofTask(new Counted(), null);

  // the dispatcher's, under its lock
  private final ReentrantLock lock = new ReentrantLock();
  private int number;
  private volatile int sent = NONE;

  /// The dispatcher sends it, or takes it back.
  @Operation
  public void dispatch() {
    lock.lock();
    try {
      if (sent == NONE) {
        send();
      } else if (worker.page().withdraw(sent)) {
        sent = NONE;
        var _ = job.waitAgain();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The worker starts it, and answers; the reader decodes that, unless it is given up.
  @Operation
  public void run() {
    int mine = sent;
    if (mine != NONE && Pages.start(worker.page(), mine)) {
      runs.incrementAndGet();
      reading.begin();
      if (reading.end()) {
        end();
      }
    }
  }

  /// A thread gives up a reader that is decoding, and is the reaper.
  @Operation
  public void giveUp() {
    if (reading.giveUp()) {
      end();
    }
  }

  private void end() {
    try {
      if (job.settle()) {
        outcomes.incrementAndGet();
      }
    } finally {
      job.leave();
    }
  }

  /// The worker starts it and is lost; it may run again.
  @Operation
  public void lose() {
    int mine = sent;
    if (mine != NONE && Pages.start(worker.page(), mine)) {
      losses.incrementAndGet();
      sent = NONE; // it is not sent before it waits
      var _ = job.waitAgain();
    }
  }

  @Operation
  public void cancel() {
    cancel(job.cancel(false));
  }

  @Operation
  public void cancelAndKill() {
    cancel(job.cancel(true));
  }

  private void cancel(CancelOutcome how) {
    switch (how) {
      case UNRUN -> {
        outcomes.incrementAndGet();
        job.leave();
      }
      case STOPPED -> outcomes.incrementAndGet();
      case TOO_LATE -> wrong.addAndGet(job.isSettled() ? 0 : 1);
    }
  }

  @Operation
  public void cancelUnlessRunning() {
    if (job.cancelUnlessRunning()) {
      outcomes.incrementAndGet();
      job.leave();
    } else {
      boolean started = runs.get() + losses.get() > 0 || job.runningIn() != 0;
      wrong.addAndGet(job.isSettled() || started ? 0 : 1);
    }
  }

  @Operation
  public void refuse() {
    job.refuse(new IllegalStateException("no workers"));
  }

  private void send() {
    worker.page().queue(++number);
    if (job.send(new Job.Seat(worker, number))) {
      sent = number;
    }
  }

  @Override
  protected int threads() {
    return 3;
  }

  @Override
  protected int operations() {
    return 2;
  }

  @Override
  protected boolean verifiedByInvariantsOnly() {
    return true; // to others, a job starts and is answered
  }

  @Validate
  public void hasOneOutcomeAndIsGoneOnce() {
    if (!job.isSettled()) {
      check("it is still in the fleet", gone.get() == 0 && outcomes.get() == 0 && runs.get() == 0);
      if (sent == NONE) {
        send();
      }
      run(); // it is not lost
    }
    check("one outcome: " + outcomes, outcomes.get() == 1);
    check("gone once: " + gone, gone.get() == 1);
    check("it is answered at most once", runs.get() <= 1);
    check("a canceller that is too late finds it settled or running", wrong.get() == 0);
  }

  private final class Counted implements JobClient {
    @Override
    public void answered(int kind, @Nullable Object answer) {}

    @Override
    public void crashed(Throwable failure, int itemsBegun) {}

    @Override
    public void refused(Throwable reason) {
      outcomes.incrementAndGet();
    }

    @Override
    public void abandoned() {}

    @Override
    public void gone(Job settled) {
      gone.incrementAndGet();
    }
  }
}
