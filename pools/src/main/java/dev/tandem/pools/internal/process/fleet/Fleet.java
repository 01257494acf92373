package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerInfo.State;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.launch.Launcher;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workers of one pool: keeps as many as there should be, lets jobs through to them, and ends
/// them all.
///
/// ```text
///               submitters                            callbacks, futures
///                   │ encode                                  ▲ decode
///                   ▼                                         │
///              Job in WorkQueue                          ReplyReader (one a worker)
///                   │                                         ▲
///              Dispatcher ── SendStream ──┐  socket  ┌── reply region, then socket
///                   │                     ▼          │
///                   │                  worker: TaskLoop (one thread: decode, run, encode)
///                   └─ queue/withdraw ─ StatusPage ─ start
///
///              Supervisor: spawns, promotes spares, recycles, gives up
/// ```
///
/// The queues in between are short on purpose: what waits in the pool can still go anywhere and be
/// cancelled for nothing; a worker has about a millisecond of work ([PrefetchWindow]).
public final class Fleet {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  /// A worker that dies before it has answered anything counts as trouble for so long.
  private static final long PROBATION_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long BURY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long SOCKET_AFTER_EXIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /// How long an answer without a waiter may be decoded, before its reader is given up.
  private static final long DECODING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final FleetOptions options;

  /// Where the classes of results are found, and what users' code sees on the threads of the pool:
  /// decided once, in the thread that makes the pool.
  private final ClassLoader loader = ContextLoader.thatFinds(Fleet.class);

  private final PoolDirectory directory;
  private final Launcher launcher;
  private final Encoder encoder = new Encoder();
  private final TypeFilter filter;
  private final ApplicationCode origins;
  private final Dispatcher dispatcher;
  private final WorkerAcceptor door;
  private final Supervisor supervisor;
  private final WorkerEvents events;
  private final RespawnBackoff trouble;
  private final AotTrainer trainer;
  private final FleetSizer staffing;
  private final Spawner spawner;
  private final FleetJobs jobs;
  private final Message initializer;
  private final Map<Integer, Worker> workers = new ConcurrentHashMap<>();
  private final Map<Integer, WorkerProcess> spawned = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Consumer<PoolStartException> onBreak;

  private final AtomicBoolean lookPosted = new AtomicBoolean();

  private volatile @Nullable PoolStartException broken;
  private volatile boolean closing; // workers that have nothing to do leave
  private volatile boolean ending; // nothing starts any more, and what waits never will
  private volatile boolean killing;

  private Fleet(FleetOptions options, Consumer<PoolStartException> onBreak) throws IOException {
    this.options = options;
    this.onBreak = onBreak;
    this.filter = new TypeFilter(options.code().allowed(), loader);
    this.origins = new ApplicationCode(filter, encoder, loader);
    this.initializer = Message.ofInitializer(options, encoder, origins);
    this.dispatcher = new Dispatcher(options.name());
    this.supervisor = new Supervisor(options.name(), this::manage);
    this.events = new WorkerEvents(options.code().listeners(), loader);
    this.trouble = new RespawnBackoff(options.name());
    this.jobs = new FleetJobs(this);
    this.staffing = new FleetSizer(this, trouble);
    // last what has files
    PoolDirectory files = PoolDirectory.create();
    WorkerAcceptor opened = null;
    try {
      this.launcher = Launcher.of(options.launch(), files.files());
      opened = new WorkerAcceptor(this, files);
      this.trainer = new AotTrainer(options.name(), launcher, this::isEnded);
      this.spawner = new Spawner(this, files, launcher, opened, trainer, trouble, spawned);
    } catch (Throwable e) {
      if (opened != null) {
        opened.close();
      }
      files.delete();
      throw e;
    }
    this.directory = files;
    this.door = opened;
  }

  /// Starts a fleet; its workers are being started when this returns.
  ///
  /// @param onBreak is told once if workers cannot be started
  public static Fleet start(FleetOptions options, Consumer<PoolStartException> onBreak) {
    Fleet fleet;
    try {
      fleet = new Fleet(options, onBreak);
    } catch (IOException e) {
      throw new PoolStartException(options.name() + " has no way to talk to its workers: " + e, e);
    }
    try {
      fleet.door.start();
      fleet.dispatcher.start();
      fleet.supervisor.start();
      fleet.lookAround();
      new Heartbeats(fleet).start();
      return fleet;
    } catch (Throwable e) { // no thread to be had, or no memory
      fleet.killWorkers("its pool could not be started");
      fleet.end();
      if (e instanceof OutOfMemoryError) {
        throw new PoolStartException(options.name() + " could not be started: " + e, e);
      }
      throw e;
    }
  }

  // ---- for jobs

  /// {@return encodes for this fleet}
  public Encoder encoder() {
    return encoder;
  }

  /// Notes that what was submitted belongs to the application.
  ///
  /// @param body its class
  public void allow(Class<?> body, Message message) {
    message.setGuest(origins.allow(body, message.definitions()));
  }

  /// {@return what becomes of jobs}
  public FleetJobs jobs() {
    return jobs;
  }

  // ---- for the parts

  FleetOptions options() {
    return options;
  }

  /// {@return the loader of users' code}
  ClassLoader loader() {
    return loader;
  }

  /// {@return the loader that finds the classes of the initializer's failure; null: the pool's}
  @Nullable ClassLoader initializerGuest() {
    return initializer.guest();
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  Map<Integer, Worker> workers() {
    return workers;
  }

  WorkerEvents events() {
    return events;
  }

  /// {@return why it has no workers and never will have; null if it may}
  @Nullable PoolStartException broken() {
    return broken;
  }

  /// {@return whether nothing starts any more}
  boolean isEnding() {
    return ending;
  }

  /// Something has happened to a worker. Called by any thread, as often as it likes: what a worker
  /// says must not fill the supervisor's mail.
  void lookAround() {
    if (lookPosted.compareAndSet(false, true)) {
      try {
        supervisor.post(() -> {
          lookPosted.set(false); // first: what happens from now on needs another round
          manage();
        });
      } catch (Throwable e) {
        lookPosted.set(false);
        throw e;
      }
    }
  }

  /// {@return whether all that are to work do}
  boolean isComplete() {
    return staffing.isComplete();
  }

  Launcher launcher() {
    return launcher;
  }

  PoolDirectory directory() {
    return directory;
  }

  // ---- the life of a worker, in the order in which things happen

  /// @param trainee whether it only starts, to be recorded
  void spawn(boolean trainee) {
    spawner.spawn(trainee);
  }

  void startTimedOut(Worker worker) {
    staffing.startTimedOut(worker);
  }

  /// Somebody says that it is a worker. Called by its reader.
  @Nullable Worker identify(int number, byte[] token, long clock, String fingerprint) {
    WorkerProcess process = spawned.get(number);
    Worker worker = workers.get(number);
    if (process == null || worker == null || !process.takeToken(token)) {
      return null;
    }
    String difference = launcher.difference(fingerprint);
    if (difference != null) {
      trouble.because(worker, new PoolStartException(difference, null));
      worker.kill(new WorkerEnd.Kill(Kind.LOST, difference));
      return null;
    }
    if (!StatusPageFile.takeAway(directory.page(number))) {
      worker.losePage();
      String cut = "its status page %s was truncated".formatted(directory.page(number));
      trouble.because(worker, new PoolStartException(cut, null));
      worker.kill(new WorkerEnd.Kill(Kind.LOST, cut));
      return null;
    }
    worker.clock().showed(clock);
    return worker;
  }

  /// A worker is connected: reads what it says until it is gone. Called by its reader.
  void connected(Worker worker, ByteChannel channel, FrameInput frames) throws IOException {
    WorkerProcess process = spawned.get(worker.number());
    if (process == null || !process.connected(channel)) {
      return; // it is gone, and buried
    }
    Throwable broken = null;
    try {
      // inputs of a map that were lost with a worker are encoded again by its reader
      Thread.currentThread().setContextClassLoader(loader);
      SendStream stream = new SendStream(channel, encoder, origins);
      worker.connected(stream);
      lookAround(); // the next may start
      stream.configure(options.limits().message(), options.code().allowed());
      if (staffing.isComplete()) {
        stream.send(Frame.WARM_UP); // a spare: it is there when it is needed
      }
      stream.add(initializer, 0);
      stream.flush();
      broken = new ReplyReader(this, worker, new Decoder(filter, loader)).read(frames);
    } finally {
      if (!worker.reading().isGivenUp()) {
        bury(worker, process, broken);
      }
    }
  }

  /// A worker was killed, or what it has answered to a task is not waited for any more: if its
  /// reader goes on decoding that, it is given up, and the worker with it. Called by any thread.
  ///
  /// @param as the number of the task; 0 for a worker that was killed
  void lookAtReaderLater(Worker worker, int as) {
    supervisor.postAfter(DECODING_NANOS, () -> lookAtReader(worker, as));
  }

  private void lookAtReader(Worker worker, int as) {
    WorkerProcess process = spawned.get(worker.number());
    if (process == null) {
      return; // it is buried
    }
    boolean stuck = worker.isReaderStuck() || (killing && worker.reading().isDecoding());
    if (stuck && worker.kill() == null && worker.isDecoding(as)) {
      worker.kill(new WorkerEnd.Kill(Kind.KILLED, "what it has answered cannot be read in time"));
    }
    if (worker.kill() == null) {
      return;
    }
    if (!stuck || !giveUpReader(worker, process)) {
      lookAtReaderLater(worker, as); // until it is buried
    }
  }

  private boolean giveUpReader(Worker worker, WorkerProcess process) {
    if (!worker.reading().giveUp()) {
      return false;
    }
    TaskTimer.handOver(
        loader,
        () -> {
          try {
            worker.reading().interrupt();
          } finally {
            bury(worker, process, null);
          }
        });
    return true;
  }

  /// Until it is done: a death without a burial would keep its tasks and its place for ever.
  private void bury(Worker worker, WorkerProcess process, @Nullable Throwable broken) {
    try {
      new WorkerReaper(this, worker, process.output(), process.errors()).bury(broken);
    } catch (Throwable e) { // no memory, no files
      log.warn("{}: the end of worker {} is seen to later", options.name(), worker.number(), e);
      supervisor.postAfter(
          BURY_AGAIN_NANOS,
          () -> {
            if (workers.containsValue(worker)) {
              TaskTimer.handOver(loader, () -> bury(worker, process, broken));
            }
          });
    }
  }

  /// Called by its reader.
  void ready(Worker worker) {
    worker.setReady();
    WorkerProcess process = spawned.get(worker.number());
    if (process != null) {
      process.hasStarted();
    }
    supervisor.post(() -> {
      if (worker.isTrainee()) {
        worker.phase().drain();
        staffing.letGo(worker);
        return;
      }
      trouble.ready();
      Readiness.prepare(directory.owner());
      manage();
      supervisor.postAfter(PROBATION_NANOS, () -> staffing.prove(worker));
      events.ready(worker.info());
      if (options.recycling().age() != null) {
        var _ = supervisor.postAfter(options.recycling().age(), staffing::lookLater);
      }
      if (trainer.wantsTrainee()) {
        spawn(true);
      }
    });
  }

  /// Its initializer has failed. Called by its reader.
  void notReady(Worker worker, Throwable failure) {
    trouble.because(worker, failure);
    if (worker.isTrainee()) {
      log.warn("{}: the worker that was to be recorded is not ready", options.name(), failure);
    }
  }

  /// It has answered what has come. Called by its reader.
  void looked(Worker worker) {
    if (worker.tasksDone() > 0 && worker.age().isFirstAnswer()) {
      supervisor.post(() -> staffing.prove(worker));
    }
    if (worker.needsAttention(options)) {
      lookAround();
    }
  }

  /// It has run nearly as much as it may.
  void recycleSoon(Worker worker) {
    if (worker.age().startAgeing()) {
      lookAround();
    }
  }

  /// It must run nothing more.
  void recycleNow(Worker worker) {
    supervisor.post(() -> {
      worker.wearOut();
      manage();
    });
  }

  /// Nothing more is sent to it: its connection has ended. Called by its reader.
  void leaving(Worker worker) {
    worker.phase().kill();
    lookAround(); // a spare takes its place now, not after the post-mortem
  }

  /// It is gone and all that it had is settled. Called by its reader.
  ///
  /// @param crash what happened, unless it was told to leave
  void gone(Worker worker, @Nullable WorkerCrashedException crash) {
    supervisor.post(() -> remove(worker, crash));
  }

  /// The process has ended: with a reader at work, that sees to everything.
  void exited(Worker worker) {
    WorkerProcess process = spawned.get(worker.number());
    if (process == null) {
      return;
    }
    if (!buryUnconnected(worker, process)) {
      // a process that it has started may have its socket and keep the reader waiting
      supervisor.postAfter(SOCKET_AFTER_EXIT_NANOS, () -> disconnect(worker, process));
    }
  }

  /// Its process has ended a while ago, and its reader has not come to the end. It may be decoding:
  /// then another worker takes its place meanwhile. Why an initializer has failed, the exit code of
  /// the worker says, too.
  private void disconnect(Worker worker, WorkerProcess process) {
    if (spawned.get(worker.number()) != process) {
      return; // it is buried
    }
    if (!worker.wasReady() && giveUpReader(worker, process)) {
      return;
    }
    if (worker.reading().isDecoding()) {
      leaving(worker);
      dispatcher.withdrawAll(worker);
      supervisor.postAfter(SOCKET_AFTER_EXIT_NANOS, () -> disconnect(worker, process));
    } else {
      process.disconnect();
    }
  }

  /// In case the step that was to do so has failed.
  private void findDead(int number, WorkerProcess process) {
    Worker worker = workers.get(number);
    if (worker != null && !process.process().isAlive()) {
      var _ = buryUnconnected(worker, process);
    }
  }

  /// {@return false if it is connected: then its reader does that}
  private boolean buryUnconnected(Worker worker, WorkerProcess process) {
    if (!process.claimUnconnected()) {
      return false;
    }
    if (!StatusPageFile.isWhole(directory.page(worker.number()))) {
      worker.losePage();
    }
    TaskTimer.handOver(loader, () -> bury(worker, process, null));
    return true;
  }

  private void remove(Worker worker, @Nullable WorkerCrashedException crash) {
    boolean wasReady = worker.wasReady();
    worker.phase().exited();
    WorkerProcess process = spawned.remove(worker.number());
    if (process != null) {
      process.hasStarted(); // or never will
    }
    spawner.forget(worker.number());
    try {
      if (worker.isTrainee()) {
        trainer.finish();
        return;
      }
      if (!isClosing()) {
        staffing.lost(worker, wasReady, crash);
      }
      events.exited(worker.info(), crash);
    } finally {
      manage();
    }
  }

  // ---- the supervisor's rounds

  /// The first sign of a kill can come before the order to close does: who looked at `closing`
  /// alone would start a worker in place of each one killed.
  boolean isClosing() {
    return closing || ending;
  }

  private void manage() {
    spawned.forEach(this::findDead);
    if (isClosing()) {
      leave();
      return;
    }
    PoolStartException verdict = staffing.round();
    if (verdict != null) {
      broken = verdict;
      onBreak.accept(verdict);
      ending = true;
      killing = true;
      leave();
    }
  }

  // ---- the end

  /// Ends: workers that have nothing to do leave, those that start are killed. All tasks have ended
  /// by now.
  public void shutdown() {
    supervisor.post(() -> {
      closing = true;
      leave();
    });
  }

  /// Kills all workers. What they run is failed.
  public void killWorkers(String reason) {
    ending = true;
    killing = true;
    dispatcher.setActive(List.of());
    workers.values().forEach(worker -> worker.kill(new WorkerEnd.Kill(Kind.KILLED, reason)));
    shutdown();
  }

  /// Asks all workers to exit, and kills them a while later. What they run is failed.
  public void terminateWorkers(long graceNanos) {
    ending = true;
    dispatcher.setActive(List.of());
    workers.values().forEach(Worker::terminate);
    shutdown();
    supervisor.postAfter(graceNanos, () -> killWorkers("they did not exit"));
  }

  private void leave() {
    for (Worker worker : workers.values()) {
      if (killing || worker.phase().isStarting()) {
        worker.kill(new WorkerEnd.Kill(Kind.KILLED, "its pool has ended"));
      } else {
        worker.phase().drain();
        if (worker.phase().is(State.DRAINING) && worker.isQuiet()) {
          staffing.letGo(worker);
        }
      }
    }
    if (ending) {
      jobs.abandonWaiting();
    }
    if (workers.isEmpty() && ended.getCount() > 0) {
      end();
    }
  }

  private void end() {
    door.close();
    dispatcher.end();
    supervisor.end();
    directory.delete();
    ended.countDown();
  }

  /// {@return whether all workers are gone, and all files, in time}
  public boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  /// {@return whether all workers are gone, and all files}
  public boolean isEnded() {
    return ended.getCount() == 0;
  }

  /// {@return the workers, by their numbers}
  public List<WorkerInfo> infos() {
    return workers.values().stream()
        .map(Worker::info)
        .sorted(Comparator.comparingInt(WorkerInfo::number))
        .toList();
  }
}
