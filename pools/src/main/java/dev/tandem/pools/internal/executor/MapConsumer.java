package dev.tandem.pools.internal.executor;

import static dev.tandem.core.internal.Checks.notNull;
import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.Failures;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.core.internal.Wrappers;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The consumer's side of one `map`, `mapSettled` or `forEach`: it pulls the inputs, waits for the
/// next result, and ends the map. Where the functions run is its subclass's.
///
/// Abstract methods are called by the consumer's thread alone, except [#stopWork()],
/// [#isWorkOver()] and [#workOutlastsGrace()], which any thread that closes the map calls.
///
/// @param <I> the type of the inputs
/// @param <R> the type of what the consumer gets
public abstract class MapConsumer<I, R extends @Nullable Object> {
  /*
   *              pull           put                         take
   *   iterator ---------> here -----> (threads, workers) --------> here --> result
   *
   * The consumer's thread drives all this; nothing is pulled while it does not ask. It pulls while
   * there is room, and, unless the source is a collection, only while the next result is not ready,
   * so an iterator that blocks holds back no ready result.
   *
   * The consumer sleeps when there is nothing to take and nothing to pull. It writes `waiting`, then
   * looks again, then parks. A thread that brings something writes that, then reads `waiting` in
   * wake(). All four steps are volatile, so one of the two sees the other (Dekker). Only the consumer
   * waits there, so when it leaves it cannot use up the wake-up of another thread.
   *
   * A map ends early by a failure, by close(), by an interrupt of its consumer and by the executor's
   * shutdownNow. `stopped` says so; the consumer then looks why. The consumer, and each other thread
   * that closes the map, waits for what is at work (MapJoin), at most for the grace period.
   */
  private final AbstractTaskExecutor executor;
  private final MapOptions options;
  private final Iterable<? extends I> inputs;
  public final MapFunction<I, R> function;
  private final boolean mayBlock;

  /// Whether each input counts, is listened to and is timed as a task of its own.
  public final boolean eachIsATask;

  /// How long the function may take for one input; 0 for ever.
  public final long timeoutNanos;

  private final Failures failures = new Failures();
  private final MapJoin join;
  private volatile @Nullable Thread consumer;
  private volatile boolean waiting;
  private volatile boolean stopped;
  private volatile boolean consumerInterrupted;
  private volatile boolean executorStopped;

  // Thread: consumer
  private final MapTally tally;
  private @Nullable Iterator<? extends I> iterator;
  private boolean exhausted;
  private boolean finished;

  /// @param eachIsATask whether each input counts, is listened to and is timed as a task of its own
  @SuppressWarnings("this-escape") // asked when threads wait for the map's work, which comes later
  protected MapConsumer(
      AbstractTaskExecutor executor,
      MapOptions options,
      Iterable<? extends I> inputs,
      MapFunction<I, R> function,
      boolean eachIsATask) {
    this.executor = executor;
    this.options = options;
    this.inputs = notNull(inputs, "inputs");
    this.function = function;
    this.mayBlock = !(inputs instanceof Collection);
    this.eachIsATask = eachIsATask;
    this.timeoutNanos =
        options.timeout() == null
            ? executor.host.timeoutNanos
            : TimeUnit.NANOSECONDS.convert(options.timeout());
    this.join = new MapJoin(this::isWorkOver);
    this.tally = new MapTally(executor.host, !eachIsATask);
  }

  // ---- what a subclass does

  /// Prepares for the first input.
  protected void begin() {}

  /// {@return whether the next result is in hand, so that no input needs to be pulled before it}
  protected boolean isNextInHand() {
    return false;
  }

  /// {@return whether there is a result to take}
  protected abstract boolean isReady();

  /// {@return whether one more input may be pulled}
  protected abstract boolean hasRoom();

  /// Takes an input to where functions run.
  ///
  /// @return whether it is on its way, and does not wait for others to go with it
  protected abstract boolean put(I input) throws InterruptedException;

  /// Sends what waits for others to go with it: for now no more inputs are pulled.
  protected void putRest() {}

  /// {@return the next result} Called when there is one.
  protected abstract R take();

  /// {@return whether there may be something to take or to pull by now} Called after `waiting` was
  /// written, and before the consumer parks.
  protected abstract boolean mayGoOn() throws InterruptedException;

  /// Parks the consumer until [#wake()].
  protected void park() {
    LockSupport.park(this);
  }

  /// Ends what serves the map, which has given its last result.
  protected void dismiss() {}

  /// Tells all that is at work for the map to stop.
  protected abstract void stopWork();

  /// {@return whether nothing is at work for the map} Each time that something has ended,
  /// [#workEnded()] is called, or [#workNotBegun()].
  protected abstract boolean isWorkOver();

  /// Handles what was told to stop and still is at work after the grace period.
  protected abstract void workOutlastsGrace();

  // ---- the consumer

  /// {@return whether results come in the order of the inputs}
  public final boolean isOrdered() {
    return options.ordered();
  }

  /// Waits for the next result.
  ///
  /// @return false at the end; if true, [#takeResult()] gives the result
  final boolean advance() throws ExecutionException, InterruptedException {
    if (isNextInHand() && !stopped) {
      return true;
    }
    if (finished) {
      return false;
    }
    try {
      return findNext();
    } catch (Throwable e) {
      stopAndJoin();
      throw e;
    }
  }

  private boolean findNext() throws ExecutionException, InterruptedException {
    Thread current = Thread.currentThread();
    if (consumer != current) {
      consumer = current;
    }
    if (iterator == null) {
      start();
    }
    while (true) {
      checkStop();
      boolean ready = isReady();
      if (ready && mayBlock) {
        return true;
      }
      pull(requireNonNull(iterator));
      if (ready || isReady()) {
        return true;
      }
      if (exhausted && tally.ahead() == 0) {
        end();
        return false;
      }
      await();
    }
  }

  private void start() {
    begin();
    executor.host.add(this);
    if (executor.host.isStopping()) {
      executorStopped(); // it may have looked for maps before this one was added
    }
    tally.start(inputs);
    iterator = requireNonNull(inputs.iterator(), "inputs: iterator() gave null");
  }

  private void checkStop() throws ExecutionException, InterruptedException {
    if (stopped) {
      throwReason();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Pulls inputs as far as the map may go ahead; of an iterator that may block, until there is a
  /// result to take.
  private void pull(Iterator<? extends I> source) throws ExecutionException, InterruptedException {
    while (!exhausted && hasRoom()) {
      checkStop();
      if (executor.isShutdown()) {
        throw executor.refusal();
      }
      if (!source.hasNext()) {
        exhausted = true;
        break;
      }
      I input = source.next();
      if (input == null) {
        throw new NullPointerException("inputs: element " + tally.pulled() + " is null");
      }
      tally.pull();
      if (put(input) && mayBlock && isReady()) {
        return;
      }
    }
    putRest();
  }

  /// Waits until there may be something to take or to pull.
  protected void await() throws InterruptedException {
    tally.flush();
    waiting = true; // before the looks
    try {
      while (!stopped && !canPull() && !mayGoOn()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        park();
      }
    } finally {
      waiting = false;
    }
  }

  private boolean canPull() {
    return !exhausted && hasRoom();
  }

  /// {@return the result that the last `advance` has found}
  final R takeResult() {
    R result = take();
    tally.take(function.isFailure(result));
    if (options.progress() != null) {
      try {
        options.progress().accept(tally.progress());
      } catch (Throwable e) {
        stopAndJoin();
        throw e;
      }
    }
    return result;
  }

  /// {@return how many inputs there are; -1 if their source does not know}
  protected final long total() {
    return tally.total();
  }

  /// {@return how many inputs were pulled whose results were not taken}
  protected final long ahead() {
    return tally.ahead();
  }

  private void end() {
    finished = true;
    executor.host.remove(this);
    tally.end();
    dismiss();
  }

  /// Ends the map early.
  private void stopAndJoin() {
    if (finished) {
      return;
    }
    finished = true;
    executor.host.remove(this);
    stopped = true;
    stopWorkAndJoin();
    tally.stop(failures.added());
  }

  private void throwReason() throws ExecutionException, InterruptedException {
    Throwable first = failures.first();
    if (first != null) {
      stopAndJoin(); // first, so that all failures are known
      ExecutionException wrapper = Wrappers.execution(first);
      failures.hangOn(wrapper);
      throw wrapper;
    }
    if (consumerInterrupted) {
      throw new InterruptedException();
    }
    if (executorStopped) {
      throw executor.refusal();
    }
    throw new CancellationException("the stream was closed while its next result was waited for");
  }

  // ---- any thread

  /// Ends the map, if it has not ended.
  final void close() {
    if (isConsumer()) {
      stopAndJoin();
    } else {
      stop(); // the consumer, if there is one, does the same and ends
      stopWorkAndJoin();
    }
  }

  private void stopWorkAndJoin() {
    stopWork();
    if (!join.await(executor.host.graceNanos)) {
      workOutlastsGrace();
    }
  }

  /// Ends the map, because its executor takes no more or interrupts what runs.
  public final void executorStopped() {
    executorStopped = true;
    stop();
  }

  /// Ends the map with a failure. Those that come later are suppressed, unless they are the
  /// interrupts by which the first has stopped others.
  public final void fail(Throwable e) {
    if (failures.first() == null || !(e instanceof InterruptedException)) {
      failures.add(e, false);
    }
    stop();
  }

  /// Ends the map with an interrupt of its consumer.
  protected final void consumerInterrupted() {
    consumerInterrupted = true;
    stop();
  }

  /// Lets nothing new start. The consumer looks why.
  protected void stop() {
    stopped = true;
    wake();
  }

  /// {@return whether nothing more may start}
  public final boolean isStopped() {
    return stopped;
  }

  /// {@return whether a failure has ended the map}
  protected final boolean hasFailed() {
    return failures.first() != null;
  }

  protected final boolean isConsumer() {
    return Thread.currentThread() == consumer;
  }

  /// Makes the consumer look again, if it waits.
  public final void wake() {
    if (waiting) {
      LockSupport.unpark(consumer);
    }
  }

  /// Tells the consumer, and each thread that closes the map, that something that was at work has
  /// ended.
  public final void workEnded() {
    wake();
    join.ended();
  }

  /// Tells each thread that closes the map that something did not get to work. Thread: consumer,
  /// which must not wake itself: it would try again at once, for ever, and on a virtual thread keep
  /// the processor from the tasks that it waits for.
  public final void workNotBegun() {
    join.ended();
  }
}
