package dev.tandem.pools.internal.process.fleet;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerInfo.State;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.StatusPage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// One worker as the pool sees it: its process, its page, and what it was sent and has not
/// answered. Tasks are answered in the order in which they were sent, each once, so two counters
/// say what is in flight.
///
/// What is sent, withdrawn and killed, is so under the dispatcher's lock; what is answered, by the
/// reader alone.
@SuppressWarnings("NonAtomicVolatileUpdate") // each has one writer at a time
final class Worker implements JobHost {
  private static final int MASK = StatusPage.SLOTS - 1;

  private final Fleet fleet;
  private final int number;
  private volatile StatusPage page;
  private final boolean trainee;
  private final WorkerAge age = new WorkerAge();
  private final PrefetchWindow pace;
  private final SocketLoad socket = new SocketLoad();
  private final AtomicReferenceArray<@Nullable Job> sent =
      new AtomicReferenceArray<>(StatusPage.SLOTS);

  private final WorkerPhase phase = new WorkerPhase();
  private final ReaderState reading = new ReaderState();
  private final WorkerClock clock = new WorkerClock();

  private volatile boolean active;
  private volatile @Nullable Process process;
  private volatile @Nullable SendStream stream;
  private volatile WorkerEnd.@Nullable Kill kill;
  private volatile boolean ready;
  private volatile boolean stopping;
  private volatile boolean destroyed;

  private boolean exitSent; // the supervisor's

  // written under the dispatcher's lock
  private volatile int lastSent;
  private volatile int tasksLeft;
  private volatile boolean sendingLarge;

  // written by the reader
  private long measuredAt;
  private volatile int answered;
  private volatile long tasksDone;

  Worker(Fleet fleet, int number, StatusPage page, boolean trainee) {
    this.trainee = trainee;
    this.fleet = fleet;
    this.number = number;
    this.page = page;
    this.pace = new PrefetchWindow(fleet.options().limits().prefetch());
    this.tasksLeft = fleet.options().recycling().tasks();
  }

  // ---- what it is

  int number() {
    return number;
  }

  @Override
  public StatusPage page() {
    return page;
  }

  /// {@return the loader of users' code}
  ClassLoader loader() {
    return fleet.loader();
  }

  ReaderState reading() {
    return reading;
  }

  /// The file of its page is not what it was: touching what was cut off would end this JVM. It has
  /// not been ready, so there is nothing on it that anybody needs.
  void losePage() {
    page = StatusPage.inMemory();
  }

  WorkerAge age() {
    return age;
  }

  WorkerPhase phase() {
    return phase;
  }

  void setProcess(Process started) {
    process = started;
  }

  @Nullable Process process() {
    return process;
  }

  @Override
  public long pid() {
    Process p = process;
    return p == null ? 0 : p.pid();
  }

  WorkerClock clock() {
    return clock;
  }

  void connected(SendStream to) {
    stream = to;
    phase.connected();
  }

  SendStream stream() {
    return requireNonNull(stream);
  }

  /// {@return whether it only starts, to be recorded}
  boolean isTrainee() {
    return trainee;
  }

  boolean isReady() {
    return !trainee && phase.isReady();
  }

  void setReady() {
    ready |= phase.ready();
  }

  /// {@return whether it has ever been ready}
  boolean wasReady() {
    return ready;
  }

  /// {@return whether it counts among those that there should be}
  boolean isStaying() {
    return !age.isAgeing() && !trainee && phase.isStaying();
  }

  /// It gets nothing more.
  void wearOut() {
    var _ = age.startAgeing();
    fleet.dispatcher().lock().lock();
    try {
      fleet.dispatcher().withdrawAll(this);
      tasksLeft = 0;
    } finally {
      fleet.dispatcher().lock().unlock();
    }
  }

  /// {@return whether the supervisor should have a look at it}
  boolean needsAttention(FleetOptions options) {
    if (phase.is(State.DRAINING)) {
      return isIdle();
    }
    return tasksLeft <= 0 || age.isDue(options);
  }

  boolean isActive() {
    return active;
  }

  void setActive(boolean now) {
    active = now;
  }

  WorkerEnd.@Nullable Kill kill() {
    return kill;
  }

  long tasksDone() {
    return tasksDone;
  }

  int tasksLeft() {
    return tasksLeft;
  }

  @Override
  public long ranFor() {
    return clock.since(page.startedAt());
  }

  WorkerInfo info() {
    State now = phase.is(State.IDLE) && inFlight() > 0 ? State.BUSY : phase.get();
    boolean spare = !active && isReady() && fleet.isComplete(); // one that starts may have a place
    return new WorkerSnapshot(
        number, pid(), now, spare, age.sinceStart(), tasksDone, currentTitle());
  }

  /// {@return the job that it runs; null if there is none}
  @Nullable Job current() {
    int next = answered + 1;
    Job job = inFlight() > 0 ? sent.get(next & MASK) : null;
    return job != null && page.hasStarted(next) ? job : null;
  }

  /// {@return the name of the task that it runs, if that has one}
  @Nullable String currentTitle() {
    Job job = current();
    return job == null ? null : job.client().title();
  }

  // ---- room

  int inFlight() {
    return lastSent - answered;
  }

  boolean isIdle() {
    return lastSent == answered;
  }

  /// {@return whether it has nothing, and nobody is sending it anything}
  boolean isQuiet() {
    return isIdle() && !sendingLarge;
  }

  long lastProgress() {
    return pace.lastProgress();
  }

  /// {@return whether it should be sent something}
  boolean hasRoom() {
    return !trainee
        && phase.is(State.IDLE)
        && active
        && !stopping
        && !sendingLarge
        && tasksLeft > 0
        && refillable(inFlight(), pace.window())
        && !socket.isFull();
  }

  private static boolean refillable(int inFlight, int window) {
    return inFlight <= window / 2 && inFlight < window;
  }

  // ---- under the dispatcher's lock

  /// Sends it jobs.
  ///
  /// @param share how many at most
  /// @return how many were taken from the queue; 0 if the next has to wait
  int load(WorkQueue queue, int share) {
    int room = Math.min(share, pace.window() - inFlight());
    boolean wasIdle = isIdle();
    int taken = 0;
    SendStream to = stream();
    try {
      for (Job job; taken < room && tasksLeft > 0 && (job = queue.peek()) != null; taken++) {
        Message message = job.message();
        if (message != null && !fits(job, message)) {
          break;
        }
        queue.remove(job);
        if (message == null || !seat(job, message, taken == 0)) {
          continue; // cancelled just now
        }
        if (SocketLoad.isLarge(message)) {
          sendLarge(to, message, lastSent);
          return taken + 1;
        }
        to.add(message, lastSent);
      }
      to.flush();
    } catch (IOException e) {
      // The reader sees the end of the connection, too, and does what is to be done.
    } catch (Throwable e) {
      cannotSend(lastSent, e);
    } finally {
      if (wasIdle) {
        pace.busy();
      }
      if (tasksLeft <= fleet.options().recycling().tasks() / 4) {
        fleet.recycleSoon(this);
      }
    }
    return taken;
  }

  private boolean fits(Job job, Message message) {
    if (job.items() > tasksLeft) {
      tasksLeft = 0; // it would run more than it may: its replacement takes the job
      fleet.recycleNow(this);
      return false;
    }
    return isIdle() || (!SocketLoad.isLarge(message) && socket.hasRoomFor(message));
  }

  /// {@return false if it was cancelled}
  private boolean seat(Job job, Message message, boolean first) {
    int as = lastSent + 1;
    page.queue(as); // before it is there: whoever finds it here may withdraw it
    sent.set(as & MASK, job);
    if (!job.send(new Job.Seat(this, as))) {
      sent.set(as & MASK, null);
      return false;
    }
    socket.add(as, message, first);
    tasksLeft -= job.items();
    lastSent = as;
    job.watch();
    return true;
  }

  /// Of no memory, mostly. The job would do the same to the next worker; what it was sent half is
  /// lost with this one, and the rest goes elsewhere.
  private void cannotSend(int as, Throwable e) {
    Job job = sent.get(as & MASK);
    if (job != null && page.withdraw(as)) {
      sent.set(as & MASK, null);
      if (job.waitAgain()) {
        job.refuse(e);
      }
    }
    kill(new WorkerEnd.Kill(Kind.LOST, "a task could not be sent to it: " + e));
  }

  /// In a thread of its own: the worker reads it while it does nothing else, but may be slow.
  private void sendLarge(SendStream to, Message message, int as) {
    sendingLarge = true;
    TaskTimer.handOver(() -> {
      try {
        to.add(message, as);
        to.flush();
      } catch (IOException e) {
        // as above
      } catch (Throwable e) {
        cannotSend(as, e);
      } finally {
        sendingLarge = false;
        fleet.dispatcher().wake();
        if (phase.is(State.DRAINING)) {
          fleet.lookAround();
        }
      }
    });
  }

  /// Takes back about half of what it has not started, the newest first.
  ///
  /// @return how many
  int withdrawHalf(WorkQueue queue) {
    return withdraw(queue, (inFlight() + 1) / 2);
  }

  /// Takes a job from its place: it was withdrawn, or answered, perhaps as skipped at the same
  /// time.
  private @Nullable Job take(int as) {
    Job job = sent.getAndSet(as & MASK, null);
    if (job != null) {
      socket.remove(as);
    }
    return job;
  }

  void withdrawAll(WorkQueue queue) {
    withdraw(queue, StatusPage.SLOTS);
  }

  private int withdraw(WorkQueue queue, int most) {
    int count = 0;
    for (int as = lastSent; as - answered > 0 && count < most; as--) {
      Job job = sent.get(as & MASK);
      if (job != null && page.withdraw(as)) {
        var _ = take(as);
        tasksLeft += job.items();
        count++;
        if (job.waitAgain()) {
          queue.giveBack(job);
        }
      }
    }
    return count;
  }

  // ---- the reader

  @Override
  public int nextAnswer() {
    return answered + 1;
  }

  /// {@return the job that has this number; null if it was withdrawn}
  @Nullable Job job(int as) {
    return sent.get(as & MASK);
  }

  /// The worker is through with the next task.
  ///
  /// @param ran whether it ran it
  void answered(int as, boolean ran) {
    Job job = take(as);
    if (job != null) {
      job.workNanos = job.measuresWork() ? sinceLastAnswer() : 0;
      tasksDone += ran ? job.items() : 0;
    }
    answered = as;
  }

  private long sinceLastAnswer() {
    long now = System.nanoTime();
    long since = now - Math.max(measuredAt, pace.busySince());
    measuredAt = now;
    return since;
  }

  /// So many were answered in one go.
  void paced(int tasks) {
    if (tasks > 0) {
      pace.answered(tasks);
    }
  }

  // ---- its end

  /// Kills it if it runs this job, which is settled: other jobs that it has are withdrawn before,
  /// so that none of them starts and is killed in its place. If it is through with it, but its
  /// answer is being decoded, that has a moment to end, before worker and reader are given up.
  @Override
  public void stop(Job job, int as) {
    fleet.dispatcher().lock().lock();
    try {
      stopping = true; // it gets nothing new
      fleet.dispatcher().withdrawAll(this);
      if (sent.get(as & MASK) != job || hasMovedOn(as)) { // answered, or about to be
        stopping = false;
        fleet.dispatcher().wake();
        if (isDecoding(as)) {
          fleet.lookAtReaderLater(this, as);
        }
        return;
      }
      if (kill == null) {
        kill = new WorkerEnd.Kill(Kind.KILLED, "with its task");
      }
      phase.kill();
    } finally {
      fleet.dispatcher().lock().unlock();
    }
    destroy();
    fleet.lookAtReaderLater(this, as);
    fleet.lookAround();
  }

  /// {@return whether its reader is decoding what it has answered to this task}
  boolean isDecoding(int as) {
    return reading.isDecoding() && nextAnswer() == as;
  }

  /// {@return whether its reader is decoding what nobody waits for}
  boolean isReaderStuck() {
    Job job = job(nextAnswer());
    return reading.isDecoding() && (job == null || job.isSettled());
  }

  @Override
  public boolean hasMovedOn(int as) {
    for (int later = as + 1; later - lastSent <= 0; later++) {
      if (page.hasStarted(later)) {
        return true;
      }
    }
    return false;
  }

  /// Kills it, whatever it does.
  void kill(WorkerEnd.Kill reason) {
    if (kill == null) {
      kill = reason;
    }
    boolean news = phase.kill();
    destroy();
    fleet.lookAtReaderLater(this, 0);
    if (news) {
      fleet.lookAround();
    }
  }

  /// The end of its streams must stay readable, so the process is killed, not the [Process].
  private void destroy() {
    destroyed = true;
    Process p = process;
    if (p != null) {
      WorkerGroup.kill(p.toHandle());
    }
  }

  /// Kills it again if it was killed and lives: the JDK does nothing when it has no open file left
  /// to look whether the process is still the same.
  void ensureKilled() {
    Process p = process;
    if (destroyed && p != null && p.isAlive()) {
      destroy();
    }
  }

  /// Tells it to leave; it has nothing to do.
  ///
  /// @return whether this was the first time
  boolean sendExitOnce() {
    if (exitSent) {
      return false;
    }
    exitSent = true;
    fleet.dispatcher().lock().lock();
    try {
      stream().send(Frame.EXIT);
    } catch (IOException e) {
      // it is gone
    } finally {
      fleet.dispatcher().lock().unlock();
    }
    return true;
  }

  /// Asks its JVM to exit, whatever it does.
  void terminate() {
    if (kill == null) {
      kill = new WorkerEnd.Kill(Kind.KILLED, "by terminateWorkers");
    }
    phase.kill();
    Process p = process;
    if (p != null) {
      try {
        OutputStream stdin = p.getOutputStream();
        stdin.write(1); // see ParentWatch: its JVM is deaf to SIGTERM
        stdin.flush();
      } catch (IOException e) {
        // it is gone
      }
    }
  }
}
