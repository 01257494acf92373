package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerInfo.State;
import dev.tandem.pools.WorkerListener.ExitReason;
import dev.tandem.pools.internal.channel.Peer;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.share.Link;
import dev.tandem.pools.internal.wire.StatusPage;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One worker as the pool sees it: its process, its status page, how far its life has come, and how
/// it ends. What it has to do is in its [InFlight], which its [WorkerFeed] fills.
///
/// Thread: any, unless a method says otherwise.
final class Worker implements JobHost, Peer {
  private static final long MAX_WAY_NANOS = 10_000_000_000L;

  /// Far more bytes than the definitions of a program have.
  private static final long MOST_DEFINED = 64 << 20;

  private final Fleet fleet;
  final int number;
  final boolean trainee;
  final WorkerAge age = new WorkerAge();
  final WorkerPhase phase = new WorkerPhase();
  final ReaderState reading = new ReaderState();
  final InFlight inFlight = new InFlight(this);
  final WorkerFeed feed;
  private volatile StatusPage page;

  /// How far the clock of the worker is ahead of this JVM's. All processes have one clock, on all
  /// systems that are known; where they have not, the worker tells its own when it connects.
  private volatile long ahead;

  private volatile @Nullable WorkerProcess process;
  private volatile @Nullable BlobMemory large;
  private volatile WorkerEnd.@Nullable Kill kill;
  private volatile @Nullable ExitReason killedFor;
  private final AtomicLong defined = new AtomicLong();
  private boolean exitSent; // Thread: supervisor

  /// What its second connection is written to; @GuardedBy("this"), as is `linkEnded`.
  private @Nullable Link link;

  private boolean linkEnded;

  /// @param trainee whether it only starts, to be recorded
  Worker(Fleet fleet, int number, StatusPage page, boolean trainee) {
    this.fleet = fleet;
    this.number = number;
    this.page = page;
    this.trainee = trainee;
    this.feed = new WorkerFeed(fleet, this, inFlight);
  }

  // ---- what it is

  @Override
  public StatusPage page() {
    return page;
  }

  /// Replaces the page, whose file is not what it was: touching what was cut off would end this
  /// JVM. The worker has not been ready, so the page has nothing that is needed.
  void losePage() {
    page = StatusPage.inMemory();
  }

  /// Takes the process, which was just started. Thread: supervisor.
  void started(WorkerProcess by) {
    process = by;
    phase.started();
  }

  /// {@return its process; null if that was not started}
  @Nullable WorkerProcess process() {
    return process;
  }

  /// Takes note that it is ready, or never will be.
  void hasStarted() {
    WorkerProcess now = process;
    if (now != null) {
      now.hasStarted();
    }
  }

  @Override
  public long pid() {
    WorkerProcess now = process;
    return now == null ? 0 : now.pid();
  }

  /// Takes note of what `System.nanoTime` showed in the worker a moment ago.
  void showedClock(long nanos) {
    long difference = nanos - System.nanoTime();
    ahead = Math.abs(difference) < MAX_WAY_NANOS ? 0 : difference; // small is the way here
  }

  /// Takes the connection, and the memory for large arrays beside it. Thread: its reader.
  void connected(SendStream to, BlobMemory memory) {
    large = memory;
    feed.connected(to);
    phase.connected();
  }

  /// Takes the second connection.
  ///
  /// @return false if the worker is gone
  synchronized boolean linked(Link to) {
    link = to;
    return !linkEnded;
  }

  // ---- to the channels that it uses

  @Override
  public int number() {
    return number;
  }

  @Override
  public void ring(long channel) {
    Link open;
    synchronized (this) {
      open = linkEnded ? null : link;
    }
    if (open != null) {
      open.ring(channel);
    }
  }

  @Override
  public synchronized boolean isGone() {
    return linkEnded;
  }

  /// Closes what was shared with the worker, which is gone: the second connection, memory.
  void endLink() throws IOException {
    BlobMemory memory = large;
    if (memory != null) {
      memory.close();
    }
    Link open;
    synchronized (this) {
      linkEnded = true;
      open = link;
    }
    if (open != null) {
      open.close();
    }
  }

  /// Takes note of a definition that it has sent, over one of its connections.
  ///
  /// @throws DecodingException if it has sent more than any program has
  void defines(int bytes) throws DecodingException {
    long all = defined.addAndGet(bytes);
    if (all > MOST_DEFINED) {
      throw new DecodingException(
          "definitions of %s bytes (expected: at most %s)".formatted(all, MOST_DEFINED));
    }
  }

  /// {@return whether it takes tasks}
  boolean isReady() {
    return !trainee && phase.isReady();
  }

  /// {@return whether it counts among the workers that there should be}
  boolean isStaying() {
    return !age.isAgeing() && !trainee && phase.isStaying();
  }

  /// {@return whether the supervisor should have a look at it}
  boolean needsAttention() {
    return phase.is(State.DRAINING)
        ? inFlight.isEmpty()
        : feed.tasksLeft() <= 0 || age.isDue(fleet.options.recycling());
  }

  WorkerInfo info() {
    State now = phase.is(State.IDLE) && !inFlight.isEmpty() ? State.BUSY : phase.get();
    // one that starts may have a place among those that work
    boolean spare = !feed.isActive() && isReady() && fleet.sizer.isComplete();
    Job job = inFlight.running();
    String title = job == null ? null : job.client.title();
    return new WorkerSnapshot(number, pid(), now, spare, age.sinceStart(), feed.tasksDone(), title);
  }

  // ---- to its jobs

  @Override
  public long ranFor() {
    return System.nanoTime() + ahead - page.startedAt();
  }

  @Override
  public int nextAnswer() {
    return inFlight.next();
  }

  @Override
  public boolean hasMovedOn(int as) {
    return inFlight.hasMovedOn(as);
  }

  /// Kills it if it runs this job, which is settled: other jobs that it has are withdrawn before,
  /// so that none of them starts and is killed in place of this one. If it is through with the job,
  /// but its answer is being decoded, the decoding has a moment to end, before worker and reader
  /// are given up.
  @Override
  public void stop(Job job, int as) {
    if (fleet.dispatcher.stop(this, job, as)) {
      killProcess();
      fleet.deathWatch.lookAtReaderLater(this, as);
      fleet.supervisor.lookAround();
    } else if (isDecoding(as)) {
      fleet.deathWatch.lookAtReaderLater(this, as);
    }
  }

  // ---- its end

  /// {@return why the pool has killed it; null if it has not}
  WorkerEnd.@Nullable Kill kill() {
    return kill;
  }

  /// Makes it one that is killed, unless it is through with this job, or about to
  /// be. @GuardedBy("the dispatcher's lock"), so that it is sent nothing more.
  ///
  /// @return whether its process must be killed now
  boolean condemn(Job job, int as) {
    if (inFlight.job(as) != job || inFlight.hasMovedOn(as)) {
      return false;
    }
    killedFor(job);
    boolean late = job.isTimedOut();
    because(
        Kind.KILLED, late ? "at the timeout of its task" : "with its task, which was cancelled");
    phase.kill();
    return true;
  }

  private void killedFor(@Nullable Job job) {
    boolean late = job != null && job.isTimedOut();
    killedFor = late ? ExitReason.TIMED_OUT : ExitReason.CANCELLED;
  }

  /// Kills it for an answer that is not waited for, and whose decoding does not end.
  ///
  /// @param as the number of the job that is answered
  void killUnread(int as) {
    killedFor(inFlight.job(as));
    kill(Kind.KILLED, "what it has answered cannot be read in time");
  }

  /// Kills it, whatever it does.
  void kill(Kind kind, String reason) {
    because(kind, reason);
    boolean news = phase.kill();
    killProcess();
    fleet.deathWatch.lookAtReaderLater(this, 0);
    if (news) {
      fleet.supervisor.lookAround();
    }
  }

  @Override
  public void lose(String reason) {
    kill(Kind.LOST, reason);
  }

  /// {@return why it is gone}
  ///
  /// @param crash what happened, unless it was told to leave
  ExitReason exitReason(@Nullable WorkerCrashedException crash) {
    ExitReason own = killedFor;
    if (crash != null) {
      return ExitReason.CRASHED;
    }
    if (own != null) {
      return own;
    }
    return fleet.state.isClosing() ? ExitReason.CLOSED : ExitReason.RECYCLED;
  }

  private void because(Kind kind, String reason) {
    if (kill == null) {
      kill = new WorkerEnd.Kill(kind, reason);
    }
  }

  /// A process that is started later finds the reason, and is killed for it.
  private void killProcess() {
    WorkerProcess now = process;
    if (now != null) {
      now.kill();
    }
  }

  /// Asks its JVM to exit, whatever it does.
  void terminate() {
    because(Kind.KILLED, "by terminateWorkers");
    phase.kill();
    WorkerProcess now = process;
    if (now != null) {
      now.terminate();
    }
  }

  /// Tells it to leave; it has nothing to do. Thread: supervisor.
  ///
  /// @return whether this was the first time
  boolean sendExitOnce() {
    if (exitSent) {
      return false;
    }
    exitSent = true;
    fleet.dispatcher.sendExit(this);
    return true;
  }

  /// {@return whether its reader is decoding the answer to this job}
  boolean isDecoding(int as) {
    return reading.isDecoding() && inFlight.next() == as;
  }

  /// {@return whether its reader is decoding an answer that is not waited for}
  boolean isReaderStuck() {
    Job job = inFlight.job(inFlight.next());
    return reading.isDecoding() && (job == null || job.isSettled());
  }
}
