package dev.tandem.pools.internal.process;

import static dev.tandem.core.internal.Checks.notNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.HandOverQueue;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.PoolState;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.SharedLong;
import dev.tandem.pools.SharedLongArray;
import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.internal.channel.ChannelOptions;
import dev.tandem.pools.internal.codec.CurrentChunk;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.executor.Lifecycle;
import dev.tandem.pools.internal.executor.LiveExecutors;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.RunTerms;
import dev.tandem.pools.internal.executor.RunTerms.Unread;
import dev.tandem.pools.internal.executor.SubmittedHere;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.process.fleet.Fleet;
import dev.tandem.pools.internal.process.fleet.FleetInDump;
import dev.tandem.pools.internal.process.fleet.FleetOptions;
import dev.tandem.pools.internal.process.fleet.JobClient;
import dev.tandem.pools.internal.process.fleet.Message;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.OutputMark;
import dev.tandem.queues.Channel;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks in worker processes: encodes them, and leaves them to its [Fleet].
public final class ProcessPoolExecutor extends AbstractTaskExecutor implements ProcessPool {
  private static final Logger log = LoggerFactory.getLogger(ProcessPool.class);
  private static final AtomicInteger pools = new AtomicInteger();

  /// From this many waiting tasks on, the stacks of submitters are not kept: they cost too much.
  private static final int CROWD = 64;

  /// The size of a part that fits into a socket, and lets no worker wait for its first input.
  private static final long PART_BYTES = 32 << 10;

  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Lifecycle lifecycle = new Lifecycle(this::drained);
  final Executor callbacks =
      new HandOverQueue(
          "A listener of a future", ContextLoader.thatFinds(ProcessPoolExecutor.class));
  private final RunTerms plainly = RunTerms.of(host, Unread.LATER);
  private final RunTerms quietly = RunTerms.of(host, Unread.NEVER);
  private final RunTerms blindly = RunTerms.of(host, Unread.NOW);
  final Outputs outputs;
  final FleetOptions settings;
  final Fleet fleet;
  private volatile @Nullable PoolStartException broken;

  private ProcessPoolExecutor(String name, int workers, ProcessOptions options) {
    super(options.common(), workers, pool -> new TaskHost(name, options.common(), pool));
    this.settings = options.fleet().named(name, workers);
    this.outputs = new Outputs(settings.limits().message());
    this.fleet = Fleet.start(settings, this::workersDoNotStart, host::onDuty);
  }

  /// {@return a pool whose workers are being started}
  ///
  /// @param workers how many
  /// @param cf changes the configuration
  public static ProcessPool create(int workers, UnaryOperator<ProcessPool.Config> cf) {
    CommonOptions.checkSize("workers", workers);
    ProcessOptions options = ProcessOptions.of(cf);
    String name = options.common().nameOr("process-pool", pools);
    ProcessPoolExecutor pool = new ProcessPoolExecutor(name, workers, options);
    try {
      return LiveExecutors.register(pool);
    } catch (Throwable e) {
      pool.killWorkers(); // no memory: no caller would close it
      throw e;
    }
  }

  // ---- tasks

  /// {@return where the current thread submits, unless a crowd does}
  @Nullable SubmittedHere submittedHere() {
    return fleet.jobs.waiting() < CROWD ? new SubmittedHere("a worker process") : null;
  }

  @Override
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(Callable<T> body, boolean quiet) {
    return newRun(body, quiet ? quietly : plainly, null);
  }

  /// A body without a result of its own is sent as it is.
  @Override
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(Runnable body, T result) {
    return newRun(result == null ? body : Bodies.of(body, result), plainly, null);
  }

  @Override
  protected <T extends @Nullable Object> AcceptedTask<T> newTask(
      Task<T> task, @Nullable TaskListener own) {
    return newRun(task.body(), RunTerms.of(host, task, own, 0), null);
  }

  @Override
  protected AcceptedTask<?> newExecuteTask(Runnable body) {
    ProcessRun<?> run = newRun(body, blindly, body);
    NotSerializableException reason = run.unsendable;
    if (reason != null) {
      throw new RejectedExecutionException(host.name + ": " + reason.getMessage(), reason);
    }
    return run;
  }

  private <T extends @Nullable Object> ProcessRun<T> newRun(
      Object body, RunTerms terms, @Nullable Runnable given) {
    Message message = null;
    NotSerializableException unsendable = null;
    Output out = outputs.take();
    try {
      encode(body, terms, out);
      message = Message.of(out);
      fleet.allow(body.getClass(), message);
    } catch (NotSerializableException e) {
      unsendable = e;
    } finally {
      outputs.giveBack(out);
    }
    return new ProcessRun<>(host, callbacks, terms, given, message, unsendable, submittedHere());
  }

  private void encode(Object body, RunTerms terms, Output out) throws NotSerializableException {
    String name = terms.name();
    FrameWriter.beginTask(
        out,
        Frame.TASK,
        (terms.timeoutNanos() == 0 ? 0 : Frame.TIMED)
            | (terms.listeners().isEmpty() ? 0 : Frame.TELL_START)
            | (name == null ? 0 : Frame.NAMED));
    if (name != null) {
      out.putString(OutputMark.cut(name));
    }
    fleet.encoder.encodeBody(host.inSentContext(body, fleet.encoder::canBeSent), out);
  }

  @Override
  protected boolean enter() {
    return lifecycle.accept();
  }

  @Override
  protected void start(AcceptedTask<?> task) {
    ProcessRun<?> run = (ProcessRun<?>) task; // made above
    NotSerializableException reason = run.unsendable;
    if (reason != null) {
      run.job.refuse(reason);
    } else {
      fleet.jobs.add(run.job);
    }
  }

  @Override
  public void bodyEnded() {
    lifecycle.ended();
  }

  // ---- maps

  @Override
  protected <I, R extends @Nullable Object> MapConsumer<I, R> newMap(
      MapOptions options, Iterable<? extends I> inputs, MapFunction<I, R> function) {
    return new ProcessMap<>(this, options, inputs, function);
  }

  @Override
  protected MapOptions mapDefaults() {
    return super.mapDefaults().adaptive();
  }

  /// {@return the context of the current thread, for a map to put around its inputs; null if there
  /// is none}
  @Nullable Object mapContext() {
    Callable<?> chunk = CurrentChunk.body();
    Object inContext = host.inSentContext(chunk, fleet.encoder::canBeSent);
    return inContext == chunk ? null : inContext;
  }

  /// {@return how large a part of a map should be}
  int partBytes() {
    return (int) Math.min(PART_BYTES, settings.limits().message() / 2);
  }

  // ---- what tasks share

  @Override
  public SharedSegment newSegment(long bytes) {
    return fleet.shared.newSegment(bytes);
  }

  @Override
  public SharedLong newLong(long initial) {
    return fleet.shared.newLong(initial);
  }

  @Override
  public SharedLongArray newLongArray(int length) {
    return fleet.shared.newLongArray(length);
  }

  @Override
  public <E> Channel<E> newChannel(int capacity) {
    return newChannel(capacity, cf -> cf);
  }

  @Override
  public <E> Channel<E> newChannel(int capacity, UnaryOperator<ChannelConfig> cf) {
    return fleet.newChannel(capacity, ChannelOptions.of(cf));
  }

  @Override
  public <S> S export(Class<S> service, S target) {
    return fleet.export(notNull(service, "service"), notNull(target, "target"));
  }

  // ---- the end

  /// Shut down, and all tasks have ended.
  private void drained() {
    fleet.shutdown();
  }

  private void workersDoNotStart(PoolStartException reason) {
    log.error("{}", reason.getMessage());
    broken = reason;
    shutdown();
    host.stop();
    fleet.jobs.refuseWaiting(reason);
  }

  @Override
  protected RejectedExecutionException refusal() {
    PoolStartException reason = broken;
    return reason == null
        ? super.refusal()
        : new RejectedExecutionException(reason.getMessage(), reason);
  }

  @Override
  public void shutdown() {
    lifecycle.shutdown();
    closeQueue();
  }

  @Override
  public List<Runnable> shutdownNow() {
    List<Runnable> notStarted = stop();
    fleet.killWorkers("by shutdownNow");
    return notStarted;
  }

  @Override
  public void terminateWorkers() {
    var _ = stop();
    fleet.terminateWorkers(host.graceNanos);
  }

  @Override
  public void killWorkers() {
    var _ = stop();
    fleet.killWorkers("by killWorkers");
  }

  /// Cancels what has not started.
  private List<Runnable> stop() {
    shutdown();
    host.stop();
    List<Runnable> notStarted = new ArrayList<>();
    for (JobClient owner : fleet.jobs.drain()) {
      if (owner instanceof AcceptedTask<?> task) {
        Runnable back = task.withdraw();
        if (back != null) {
          notStarted.add(back);
        }
      } else if (owner instanceof MapPart<?, ?> part) {
        part.stop();
      }
    }
    return notStarted;
  }

  @Override
  public boolean isShutdown() {
    return lifecycle.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return lifecycle.isTerminated() && fleet.isEnded();
  }

  @Override
  protected boolean awaitEnd(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    return lifecycle.await(nanos) && fleet.awaitEnd(end - System.nanoTime());
  }

  @Override
  protected long stopNanos() {
    return Math.max(STOP_NANOS, host.graceNanos);
  }

  @Override
  protected List<? extends TaskInfo> survivors() {
    return running().toList();
  }

  // ---- looking inside

  private Stream<TaskInfo> running() {
    return fleet.jobs.running().stream()
        .filter(TaskInfo.class::isInstance)
        .map(TaskInfo.class::cast);
  }

  @Override
  public List<WorkerInfo> workers() {
    return fleet.infos();
  }

  @Override
  public PoolState state() {
    return fleet.health.state(isShutdown());
  }

  @Override
  public boolean awaitReady(Duration duration) throws InterruptedException {
    return fleet.health.awaitReady(NANOSECONDS.convert(notNull(duration, "duration")))
        && !isShutdown();
  }

  @Override
  public ExecutorStats stats() {
    return host.stats(() -> running().toList(), _ -> true).sharing(fleet.shared.bytes());
  }

  @Override
  protected void dump(DumpEntry entry) {
    FleetInDump.add(fleet, entry);
  }
}
