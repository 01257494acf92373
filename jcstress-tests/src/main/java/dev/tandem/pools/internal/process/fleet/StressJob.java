package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;
import dev.tandem.pools.internal.wire.StressPage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A job that counts what must happen once, and the steps of the threads that race for it, as the
/// fleet takes them.
final class StressJob implements JobClient {
  final AtomicInteger outcomes = new AtomicInteger();
  final AtomicInteger gone = new AtomicInteger();
  final Workplace worker = new Workplace();
  private final Job job = Job.ofTask(this, null);
  private int number;
  private boolean isSent;

  /// {@return one that a worker has, and has not started}
  static StressJob sent() {
    StressJob stress = new StressJob();
    stress.send();
    return stress;
  }

  /// The dispatcher sends it.
  void send() {
    worker.page.queue(++number);
    isSent = job.send(new Job.Seat(worker, number)); // if not, it was cancelled
  }

  /// The dispatcher takes it back, and sends it again.
  void sendAgain() {
    if (worker.page.withdraw(number) && job.waitAgain()) {
      send();
    }
  }

  /// The worker starts it if it may, and has an answer; the reader reads it.
  void run() {
    if (isSent && StressPage.start(worker.page, number)) {
      try {
        if (job.settle()) {
          outcomes.incrementAndGet();
        }
      } finally {
        job.leave();
      }
    }
  }

  /// The worker starts it and is lost; it may run again.
  void lose() {
    if (isSent && StressPage.start(worker.page, number) && job.waitAgain()) {
      send();
    }
  }

  /// A user cancels it.
  Job.CancelOutcome cancelAsUsersDo(boolean mayKill) {
    Job.CancelOutcome how = job.cancel(mayKill);
    if (how != Job.CancelOutcome.TOO_LATE) {
      outcomes.incrementAndGet();
      if (how == Job.CancelOutcome.UNRUN) {
        job.leave();
      }
    }
    return how;
  }

  /// {@return `outcomes` and `gone` in one, once the worker is through}
  int ends() {
    run(); // if it was not taken back
    return 10 * outcomes.get() + gone.get();
  }

  @Override
  public void answered(int kind, @Nullable Object answer) {}

  @Override
  public void crashed(Throwable failure, int itemsBegun) {}

  @Override
  public void refused(Throwable reason) {}

  @Override
  public void abandoned() {}

  @Override
  public void gone(Job settled) {
    gone.incrementAndGet();
  }

  /// A worker of which only the page is real.
  static final class Workplace implements JobHost {
    private final StatusPage page = StressPage.next();
    final AtomicInteger stops = new AtomicInteger();

    @Override
    public StatusPage page() {
      return page;
    }

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public long ranFor() {
      return 0;
    }

    @Override
    public boolean hasMovedOn(int as) {
      return false;
    }

    @Override
    public int nextAnswer() {
      return 1;
    }

    @Override
    public void stop(Job job, int as) {
      stops.incrementAndGet();
    }
  }
}
