package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerListener.ExitReason;
import dev.tandem.pools.internal.channel.ChannelOptions;
import dev.tandem.pools.internal.channel.Coding;
import dev.tandem.pools.internal.channel.PoolChannels;
import dev.tandem.pools.internal.codec.ApplicationCode;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.launch.Launcher;
import dev.tandem.pools.internal.share.Exports;
import dev.tandem.pools.internal.share.Openers;
import dev.tandem.pools.internal.share.OwnedFiles;
import dev.tandem.queues.Channel;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
///              Supervisor: spawns, promotes spares, recycles, gives up (FleetSizer, Spawner)
/// ```
///
/// The queues in between are short on purpose: what waits in the pool can still go anywhere and be
/// cancelled for nothing; a worker has about a millisecond of work ([PrefetchWindow]).
///
/// Threads: the supervisor decides about workers; the dispatcher's thread, submitters and readers
/// send jobs under the dispatcher's lock; the acceptor's thread lets connections in, and each gets
/// a reader ([WorkerAcceptor], then [ReplyReader]), which reaps its worker in the end
/// ([DeathWatch]).
public final class Fleet {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  private static final int MAX_CAPACITY = 1 << 20;

  final FleetOptions options;

  /// Where the classes of results are found, and what users' code sees on the threads of the pool:
  /// decided once, in the thread that makes the pool.
  final ClassLoader loader = ContextLoader.thatFinds(Fleet.class);

  final TypeFilter filter;
  public final Encoder encoder;
  final ApplicationCode applicationCode;
  final PoolDirectory directory;

  /// What tasks can capture without a copy.
  public final OwnedFiles shared;

  /// What workers can call.
  public final Exports exports;

  /// What tasks put into, and take from.
  public final PoolChannels channels;

  final HandleOpener handles;
  final Launcher launcher;
  final WorkerAcceptor acceptor;
  final Dispatcher dispatcher;
  public final FleetJobs jobs;
  final Supervisor supervisor;
  final FleetSizer sizer;
  public final FleetHealth health;
  final RespawnBackoff backoff;
  final Spawner spawner;
  final AotTrainer trainer;
  final DeathWatch deathWatch;
  final WorkerEvents events;
  final FleetState state = new FleetState();

  /// All workers by their numbers, from before their processes start until they are reaped. Thread
  /// of changes: supervisor.
  private final Map<Integer, Worker> workers = new ConcurrentHashMap<>();

  private final Consumer<PoolStartException> onBreak;

  /// Why it has no workers and never will have; null if it may. Thread of changes: supervisor.
  volatile @Nullable PoolStartException broken;

  private Fleet(
      FleetOptions options, Consumer<PoolStartException> onBreak, UnaryOperator<Runnable> duty)
      throws IOException {
    this.options = options;
    this.onBreak = onBreak;
    this.filter = new TypeFilter(options.code().allowed(), loader);
    this.encoder = new Encoder(filter);
    this.exports = new Exports(options.name() + "-call", encoder, duty);
    this.applicationCode = new ApplicationCode(filter, encoder, loader);
    Message initializer = Message.ofInitializer(options, encoder, applicationCode);
    this.dispatcher = new Dispatcher(options.name());
    this.supervisor = new Supervisor(options.name(), this::round);
    this.events = new WorkerEvents(options.name(), options.code().listeners(), loader);
    this.backoff = new RespawnBackoff(options.name());
    this.jobs = new FleetJobs(this);
    this.sizer = new FleetSizer(this);
    this.health = new FleetHealth(this);
    // last what has files
    PoolDirectory files = PoolDirectory.create();
    WorkerAcceptor opened = null;
    try {
      this.launcher = Launcher.of(options.launch(), files.files());
      this.deathWatch = new DeathWatch(this);
      opened = new WorkerAcceptor(this, files, initializer);
      this.trainer = new AotTrainer(options.name(), launcher, this::isEnded);
      this.spawner = new Spawner(this);
    } catch (Throwable e) {
      if (opened != null) {
        opened.close();
      }
      files.delete();
      throw e;
    }
    this.directory = files;
    this.shared = new OwnedFiles(options.name(), encoder, files.forSharedMemory(), ExitFiles::made);
    Openers openers = new Openers(shared, exports);
    this.handles = openers;
    Coding coding = new Coding(0, encoder, filter, loader, openers, options.limits().message());
    this.channels =
        new PoolChannels(
            options.name(),
            coding,
            shared,
            exports,
            files.forSharedMemory().getFirst(),
            this::worker);
    openers.setChannels(channels);
    this.acceptor = opened;
  }

  /// Starts a fleet; its workers are being started when this returns.
  ///
  /// @param onBreak is told once if workers cannot be started
  /// @param duty wraps what a worker has called, as the fleet cannot end meanwhile
  /// @throws PoolStartException if the fleet cannot be started
  public static Fleet start(
      FleetOptions options, Consumer<PoolStartException> onBreak, UnaryOperator<Runnable> duty) {
    Fleet fleet;
    try {
      fleet = new Fleet(options, onBreak, duty);
    } catch (IOException e) {
      throw new PoolStartException(options.name() + " has no way to talk to its workers: " + e, e);
    }
    try {
      fleet.acceptor.start();
      fleet.dispatcher.start();
      fleet.supervisor.start();
      fleet.supervisor.lookAround();
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

  /// Notes that the code of what was submitted belongs to the application.
  ///
  /// @param body the class of what was submitted
  public void allow(Class<?> body, Message message) {
    message.setGuest(applicationCode.allow(body, message.definitions));
  }

  /// {@return a new channel that tasks can use}
  public <E> Channel<E> newChannel(int capacity, ChannelOptions options) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "capacity: %s (expected: from 1 to %s)".formatted(capacity, MAX_CAPACITY));
    }
    if (isEnded()) {
      throw new IllegalStateException(name() + " has ended");
    }
    return channels.create(options.name(), capacity, options.redelivers());
  }

  /// {@return a proxy of the object, whose interface workers can call}
  public <S> S export(Class<S> service, S target) {
    if (isEnded()) {
      throw new IllegalStateException(name() + " has ended");
    }
    S proxy = exports.export(service, target);
    applicationCode.allowService(service);
    return proxy;
  }

  // ---- for the parts

  /// {@return the name of the pool}
  String name() {
    return options.name();
  }

  // ---- the registry

  Collection<Worker> workers() {
    return workers.values();
  }

  @Nullable Worker worker(int number) {
    return workers.get(number);
  }

  /// {@return whether a worker is registered: it has not been reaped}
  boolean has(Worker worker) {
    return workers.get(worker.number) == worker;
  }

  void add(Worker worker) {
    workers.put(worker.number, worker);
  }

  void remove(int number) {
    workers.remove(number);
  }

  // ---- what happens to a worker; Thread: its reader, or its reaper

  /// Takes note that its initializer has run.
  void ready(Worker worker) {
    worker.phase.ready();
    worker.hasStarted();
    supervisor.post(() -> {
      if (worker.trainee) {
        worker.phase.drain();
        sizer.letGo(worker);
        return;
      }
      Readiness.prepare(this);
      sizer.ready(worker);
      events.ready(worker.info());
      if (trainer.wantsTrainee()) {
        spawner.spawn(true);
      }
    });
  }

  /// Takes note that its initializer has failed.
  void notReady(Worker worker, Throwable failure) {
    backoff.because(worker, failure);
    if (worker.trainee) {
      log.warn("{}: the worker that was to be recorded is not ready", name(), failure);
    }
  }

  /// Takes note that its connection has ended: nothing more is sent to it.
  void leaving(Worker worker) {
    worker.phase.kill();
    supervisor.lookAround(); // a spare takes its place now, not after the post-mortem
  }

  /// Takes note that it is gone and all that it had is settled.
  ///
  /// @param crash what happened, unless it was told to leave
  void gone(Worker worker, @Nullable WorkerCrashedException crash) {
    supervisor.post(() -> remove(worker, crash));
  }

  // ---- Thread: supervisor

  private void remove(Worker worker, @Nullable WorkerCrashedException crash) {
    worker.phase.exited();
    worker.hasStarted(); // or never will
    spawner.forget(worker.number);
    try {
      if (worker.trainee) {
        trainer.finish();
        return;
      }
      if (!state.isClosing()) {
        sizer.lost(worker, crash);
      }
      ExitReason reason = worker.exitReason(crash);
      health.gone(worker, reason, crash);
      events.exited(worker.info(), reason, crash);
    } finally {
      round();
    }
  }

  /// Finds what has to be done, and does it.
  void round() {
    deathWatch.findDead();
    PoolStartException verdict = state.isClosing() ? null : sizer.round();
    if (verdict != null) {
      broken = verdict;
      onBreak.accept(verdict);
      state.kill();
    }
    if (state.isClosing()) {
      leave();
    }
    health.look();
  }

  private void leave() {
    for (Worker worker : workers()) {
      if (state.isKilling() || worker.phase.isStarting()) {
        worker.kill(Kind.KILLED, "its pool has ended");
      } else {
        worker.phase.drain();
        sizer.letGoIfDrained(worker);
      }
    }
    if (state.isEnding()) {
      jobs.abandonWaiting();
    }
    if (workers.isEmpty() && !isEnded()) {
      end();
    }
  }

  private void end() {
    acceptor.close();
    dispatcher.end();
    supervisor.end();
    channels.end();
    shared.close();
    directory.delete();
    state.end();
  }

  // ---- the end; any thread

  /// Ends the fleet: workers that have nothing to do leave, those that start are killed. All tasks
  /// must have ended by now.
  public void shutdown() {
    supervisor.post(() -> {
      state.close();
      round();
    });
  }

  /// Kills all workers. What they run is failed.
  public void killWorkers(String reason) {
    state.kill();
    dispatcher.setActive(List.of());
    workers().forEach(worker -> worker.kill(Kind.KILLED, reason));
    shutdown();
  }

  /// Asks all workers to exit, and kills them a while later. What they run is failed.
  ///
  /// @param graceNanos the time until they are killed
  public void terminateWorkers(long graceNanos) {
    state.stop();
    dispatcher.setActive(List.of());
    workers().forEach(Worker::terminate);
    shutdown();
    supervisor.postAfter(graceNanos, () -> killWorkers("they did not exit"));
  }

  /// {@return whether all workers and all files are gone, in time}
  public boolean awaitEnd(long nanos) throws InterruptedException {
    return state.awaitEnd(nanos);
  }

  /// {@return whether all workers and all files are gone}
  public boolean isEnded() {
    return state.isEnded();
  }

  /// {@return the workers, by their numbers}
  public List<WorkerInfo> infos() {
    return workers().stream()
        .map(Worker::info)
        .sorted(Comparator.comparingInt(WorkerInfo::number))
        .toList();
  }
}
