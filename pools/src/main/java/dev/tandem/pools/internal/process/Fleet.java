package dev.tandem.pools.internal.process;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerInfo.State;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.launch.Launcher;
import dev.tandem.pools.internal.worker.Frame;
import dev.tandem.pools.internal.worker.FrameInput;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
/// cancelled for nothing; a worker has about a millisecond of work ([Pace]).
public final class Fleet {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  /// How many JVMs start at the same time: each takes more than one processor for that, and the
  /// first task waits for the first of them.
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /// A worker that dies before it has answered anything counts as trouble for so long.
  private static final long PROBATION_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long SOCKET_AFTER_EXIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final FleetSettings settings;
  private final PoolDirectory directory;
  private final Launcher launcher;
  private final Encoder encoder = new Encoder();
  private final TypeFilter filter;
  private final Origins origins;
  private final Dispatcher dispatcher;
  private final Doorkeeper door;
  private final Supervisor supervisor;
  private final WorkerEvents events;
  private final StartTrouble trouble;
  private final AotTrainer trainer;
  private final Message initializer;
  private final Thread atExit =
      Thread.ofPlatform().inheritInheritableThreadLocals(false).unstarted(this::abandon);
  private final Map<Integer, Worker> workers = new ConcurrentHashMap<>();
  private final Map<Integer, Spawned> spawned = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Consumer<PoolStartException> onBreak;

  // the supervisor's
  private int lastNumber;
  private boolean closing;

  private volatile @Nullable PoolStartException broken;

  /// Nothing starts any more, and what waits never will.
  private volatile boolean ending;

  private volatile boolean killing;

  private Fleet(FleetSettings settings, Consumer<PoolStartException> onBreak) throws IOException {
    this.settings = settings;
    this.onBreak = onBreak;
    this.filter = new TypeFilter(settings.allowed(), loader());
    this.origins = new Origins(filter, encoder);
    this.initializer = initializer();
    this.directory = PoolDirectory.create();
    try {
      this.launcher = Launcher.of(settings.launch(), directory.files());
      this.door = new Doorkeeper(this, directory);
    } catch (Throwable e) {
      directory.delete();
      throw e;
    }
    this.dispatcher = new Dispatcher(settings.name());
    this.supervisor = new Supervisor(settings.name());
    this.events = new WorkerEvents(settings.listeners());
    this.trouble = new StartTrouble(settings.name());
    this.trainer = new AotTrainer(settings.name(), launcher, this::isEnded);
  }

  /// Starts a fleet; its workers are being started when this returns.
  ///
  /// @param onBreak is told once if workers cannot be started
  public static Fleet start(FleetSettings settings, Consumer<PoolStartException> onBreak) {
    Fleet fleet;
    try {
      fleet = new Fleet(settings, onBreak);
    } catch (IOException e) {
      throw new PoolStartException(settings.name() + " has no way to talk to its workers: " + e, e);
    }
    Heartbeats heartbeats = new Heartbeats(fleet);
    try {
      Runtime.getRuntime().addShutdownHook(fleet.atExit);
      fleet.door.start();
      fleet.dispatcher.start();
      fleet.supervisor.start();
      fleet.lookAround();
      heartbeats.start();
      return fleet;
    } catch (Throwable e) { // no thread to be had, or this JVM exits
      fleet.killWorkers("its pool could not be started");
      fleet.end();
      throw e;
    }
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? ClassLoader.getSystemClassLoader() : context;
  }

  private Message initializer() {
    Output out = new Output(settings.maxMessage());
    Message.begin(out, Frame.INITIALIZE, 0);
    Object body = settings.initializer();
    if (body == null) {
      return Message.of(out);
    }
    try {
      encoder.encode(body, out);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "initializer: cannot be sent to a worker: " + e.getMessage(), e);
    }
    Message message = Message.of(out);
    origins.allow(body.getClass(), message.definitions());
    return message;
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
    origins.allow(body, message.definitions());
  }

  /// Lets a worker have the job.
  public void add(Job job) {
    dispatcher.add(job);
    if (ending) {
      abandonWaiting(); // it may have come after the last look
    }
  }

  /// Not under the lock, and not on our threads: to be told so may run code of users.
  private void abandonWaiting() {
    List<Job> left = new ArrayList<>();
    dispatcher.drain(left::add);
    if (!left.isEmpty()) {
      PoolStartException reason = broken;
      TaskTimer.handOver(() -> {
        for (Job job : left) {
          if (reason == null) {
            job.abandoned();
          } else {
            job.refuse(reason);
          }
        }
      });
    }
  }

  /// {@return about how many jobs wait}
  public int waiting() {
    return dispatcher.waiting();
  }

  /// {@return the owners of all jobs that no worker has started; they wait again, to be cancelled}
  public List<Object> drain() {
    List<Object> owners = new ArrayList<>();
    dispatcher.setActive(List.of());
    workers.values().forEach(dispatcher::withdrawAll);
    dispatcher.drain(job -> owners.add(job.owner()));
    return owners;
  }

  /// Fails all jobs that wait.
  public void refuseWaiting(Throwable reason) {
    List<Job> left = new ArrayList<>();
    dispatcher.drain(left::add);
    left.forEach(job -> job.refuse(reason));
  }

  /// {@return the owners of the jobs that workers are running}
  public List<Object> running() {
    List<Object> owners = new ArrayList<>();
    for (Worker worker : workers.values()) {
      Job job = worker.current();
      if (job != null) {
        owners.add(job.owner());
      }
    }
    return owners;
  }

  // ---- for the parts

  FleetSettings settings() {
    return settings;
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

  boolean isEnded() {
    return ended.getCount() == 0;
  }

  /// {@return whether nothing starts any more}
  boolean isEnding() {
    return ending;
  }

  /// Something has happened to a worker. Called by any thread.
  void lookAround() {
    supervisor.post(this::manage);
  }

  Path errorFile(long pid) {
    return launcher.errorFile(pid);
  }

  // ---- the life of a worker, in the order in which things happen

  /// @param trainee whether it only starts, to be recorded
  private void spawn(boolean trainee) {
    int number = ++lastNumber;
    Worker worker;
    Process started;
    try {
      worker = new Worker(this, number, StatusPageFile.create(directory.page(number)), trainee);
      workers.put(number, worker);
      String[] arguments = Spawned.arguments(worker, door.address(), directory);
      started = trainee ? trainer.start(number, arguments) : launcher.start(number, arguments);
    } catch (IOException e) {
      forget(number);
      trouble.failed("a worker could not be started: " + e, e);
      lookAround();
      return;
    }
    if (started == null) {
      forget(number); // somebody else has an AOT cache made
      return;
    }
    Spawned process = Spawned.of(started, settings.name(), worker, !trainee);
    spawned.put(number, process);
    worker.setProcess(started);
    worker.phase().started();
    if (worker.kill() != null) {
      started.toHandle().destroyForcibly(); // whoever wanted that had no process to kill
    }
    process.giveUpBy(supervisor.postAfter(settings.startTimeout(), () -> startTimedOut(worker)));
    var _ = started.onExit().thenRun(() -> supervisor.post(() -> exited(worker)));
    log.debug("{}: worker {} is process {}", settings.name(), number, worker.pid());
  }

  private void forget(int number) {
    workers.remove(number);
    StatusPageFile.delete(directory.page(number));
  }

  private void startTimedOut(Worker worker) {
    if (workers.containsValue(worker) && worker.phase().isStarting()) {
      trouble.because(
          worker,
          new PoolStartException(
              "it was not ready after %s (see withStartTimeout)".formatted(settings.startTimeout()),
              null));
      worker.kill(new WorkerEnd.Kill(Kind.UNRESPONSIVE, "it was not ready in time"));
    }
  }

  /// Somebody says that it is a worker. Called by its reader.
  @Nullable Worker identify(int number, byte[] token, long clock, String fingerprint) {
    Spawned process = spawned.get(number);
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
    worker.setClockOffset(clock - System.nanoTime());
    return worker;
  }

  /// A worker is connected: reads what it says until it is gone. Called by its reader.
  void connected(Worker worker, SteadyChannel channel, FrameInput frames) throws IOException {
    Spawned process = spawned.get(worker.number());
    if (process == null || !process.connected(channel)) {
      return; // it is gone, and buried
    }
    SendStream stream = new SendStream(channel, encoder, origins);
    Throwable broken = null;
    try {
      worker.connected(stream);
      lookAround(); // the next may start
      stream.configure(settings.maxMessage(), settings.allowed());
      if (isComplete()) {
        stream.send(Frame.WARM_UP); // a spare: it is there when it is needed
      }
      stream.add(initializer, 0);
      stream.flush();
      broken = new ReplyReader(this, worker, new Decoder(filter, loader())).read(frames);
    } finally {
      bury(worker, process, broken);
    }
  }

  private boolean isComplete() {
    return workers.values().stream().filter(Worker::isActive).count() >= settings.workers();
  }

  private void bury(Worker worker, Spawned process, @Nullable Throwable broken) {
    new Undertaker(this, worker, process.output(), process.errors()).bury(broken);
  }

  /// Called by its reader.
  void ready(Worker worker) {
    worker.setReady();
    Spawned process = spawned.get(worker.number());
    if (process != null) {
      process.hasStarted();
    }
    supervisor.post(() -> {
      if (worker.isTrainee()) {
        worker.phase().drain();
        letGo(worker);
        return;
      }
      events.ready(worker.info());
      supervisor.postAfter(PROBATION_NANOS, () -> prove(worker));
      manage();
      if (settings.recycleAge() != null) {
        var _ = supervisor.postAfter(settings.recycleAge(), this::manageLater);
      }
      if (trainer.wantsTrainee()) {
        spawn(true);
      }
    });
  }

  /// A little later: a worker is looked at once a second.
  private void manageLater() {
    supervisor.postAfter(TimeUnit.SECONDS.toNanos(1), this::manage);
  }

  /// It works, or has lived for a while.
  private void prove(Worker worker) {
    if (worker.phase().isStaying() && worker.prove()) {
      trouble.over();
    }
  }

  /// Its initializer has failed. Called by its reader.
  void notReady(Worker worker, Throwable failure) {
    trouble.because(worker, failure);
    if (worker.isTrainee()) {
      log.warn("{}: the worker that was to be recorded is not ready", settings.name(), failure);
    }
  }

  /// It has answered what has come. Called by its reader.
  void looked(Worker worker) {
    if (worker.isUnproved() && worker.tasksDone() > 0) {
      supervisor.post(() -> prove(worker));
    }
    if (worker.needsAttention(settings)) {
      lookAround();
    }
  }

  /// It has run nearly as much as it may.
  void recycleSoon(Worker worker) {
    if (worker.startAgeing()) {
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
  private void exited(Worker worker) {
    Spawned process = spawned.get(worker.number());
    if (process == null) {
      return;
    }
    if (process.claimUnconnected()) {
      TaskTimer.handOver(() -> bury(worker, process, null));
    } else {
      // a process that it has started may have its socket and keep the reader waiting
      supervisor.postAfter(SOCKET_AFTER_EXIT_NANOS, process::disconnect);
    }
  }

  private void remove(Worker worker, @Nullable WorkerCrashedException crash) {
    boolean wasReady = worker.wasReady();
    worker.phase().exited();
    Spawned process = spawned.remove(worker.number());
    if (process != null) {
      process.hasStarted(); // or never will
    }
    forget(worker.number());
    if (worker.isTrainee()) {
      trainer.finish();
      manage();
      return;
    }
    if (!wasReady && !closing) {
      trouble.failedToStart(worker, crash);
    } else if (crash != null && !closing) {
      log.warn("{}", crash.getMessage());
      if (worker.isUnproved() && crash.kind() != Kind.KILLED) {
        trouble.diedSoon();
      }
    }
    events.exited(worker.info(), crash);
    manage();
  }

  // ---- the supervisor's rounds

  private void manage() {
    if (closing) {
      leave();
      return;
    }
    workers.values().forEach(this::retire);
    List<Worker> staying = workers.values().stream().filter(Worker::isStaying).toList();
    int missing = settings.workers() + settings.spares() - staying.size();
    PoolStartException verdict = trouble.verdict(staying.stream().anyMatch(Worker::isReady));
    if (verdict != null) {
      broken = verdict;
      onBreak.accept(verdict);
      closing = true;
      ending = true;
      killing = true;
      leave();
      return;
    }
    promote();
    long delay = trouble.delayNanos();
    if (missing > 0 && delay > 0) {
      supervisor.postAfter(delay, this::manage);
      return;
    }
    long starting =
        workers.values().stream()
            .filter(w -> w.phase().is(State.HANDSHAKE) && !w.isTrainee())
            .count();
    for (long i = starting; missing > 0 && i < AT_ONCE; i++, missing--) {
      spawn(false);
    }
  }

  /// Those that work: no suspects if there are others; the ones that do already; then the oldest.
  private void promote() {
    List<Worker> chosen =
        workers.values().stream()
            .filter(Worker::isReady)
            .filter(worker -> worker.tasksLeft() > 0)
            .sorted(
                Comparator.comparing((Worker worker) -> worker.phase().is(State.SUSPECT))
                    .thenComparing((Worker worker) -> !worker.isActive())
                    .thenComparingInt(Worker::number))
            .limit(settings.workers())
            .toList();
    if (!ending) {
      workers.values().forEach(worker -> worker.setActive(chosen.contains(worker)));
      dispatcher.setActive(chosen);
    }
  }

  /// Lets a worker go that has done enough: if it may not run any more, or if it is old or large
  /// and another is ready.
  private void retire(Worker worker) {
    if (worker.isReady()) {
      worker.look(settings);
      boolean replaceable =
          workers.values().stream()
              .anyMatch(other -> other.isStaying() && other.isReady() && !other.isActive());
      if (worker.tasksLeft() <= 0 || (worker.isWornOut() && replaceable)) {
        worker.phase().drain();
      }
    }
    if (worker.phase().is(State.DRAINING) && worker.isQuiet()) {
      letGo(worker);
    }
  }

  private void letGo(Worker worker) {
    if (worker.sendExitOnce()) {
      supervisor.postAfter(
          LEAVE_NANOS,
          () -> {
            if (workers.containsValue(worker)) {
              log.warn(
                  "{}: worker {} (pid {}) does not exit; it is killed",
                  settings.name(),
                  worker.number(),
                  worker.pid());
              worker.kill(new WorkerEnd.Kill(Kind.KILLED, "it did not exit"));
            }
          });
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
          letGo(worker);
        }
      }
    }
    if (ending) {
      abandonWaiting();
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
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // this JVM is exiting
    }
    ended.countDown();
  }

  /// This JVM exits, and nobody has closed the pool.
  private void abandon() {
    killWorkers("the JVM of its pool exits");
    directory.delete();
  }

  /// {@return whether all workers are gone, and all files, in time}
  public boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  /// {@return whether all workers are gone, and all files}
  public boolean hasEnded() {
    return isEnded();
  }

  /// {@return the workers, by their numbers}
  public List<WorkerInfo> infos() {
    return workers.values().stream()
        .map(Worker::info)
        .sorted(Comparator.comparingInt(WorkerInfo::number))
        .toList();
  }
}
