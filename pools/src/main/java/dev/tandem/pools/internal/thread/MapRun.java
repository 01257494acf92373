package dev.tandem.pools.internal.thread;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.Suppressed;
import dev.tandem.pools.internal.executor.MapDriver;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.MapOptions;
import dev.tandem.pools.internal.executor.MapTally;
import dev.tandem.pools.internal.executor.Rejections;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One `map`, `mapSettled` or `forEach`, driven by its consumer's thread.
final class MapRun<I, R extends @Nullable Object> implements MapDriver<R> {
  /*
   *                 pull                 claim                     deliver
   *   iterator ----------> ring.inputs --------> runners (threads) -------> ring.results --> consumer
   *            (consumer)                        of the executor                       (take)
   *
   * The consumer pulls while the ring has room, so it is never more than concurrency + buffer ahead;
   * and, unless the source is a collection, only while the next result is not ready, so an iterator
   * that blocks holds back no ready result.
   *
   * Runners are tasks of the executor. A runner works as long as there are inputs to claim and then
   * ends, so an idle map holds no thread.
   *
   * A map consumed inside a task of the same executor cannot count on free threads: all of them may
   * be waiting like this one. There the consumer is one of the `concurrency` workers: it runs the
   * head's input itself when no runner has claimed it. What has been claimed is on a thread that is
   * not waiting for this one, or is waiting for a map of its own and helps there; so by induction
   * over the nesting something always advances.
   */
  private static final ScopedValue<Callable<?>> ITEM = ScopedValue.newInstance();
  private static final int SPINS = 64;

  private final ThreadTaskExecutor executor;
  private final MapOptions options;
  private final Iterable<? extends I> inputs;
  private final MapFunction<I, R> function;
  private final @Nullable Callable<?> context;
  private final boolean eachIsATask;
  private final boolean neverBlocks;
  final MapRing ring;

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Queue<Throwable> laterFailures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;
  private volatile boolean consumerInterrupted;
  private volatile boolean executorStopped;
  private volatile @Nullable ItemRun<I, R> inline;

  // the consumer's own
  private final MapTally tally;
  private @Nullable Iterator<? extends I> iterator;
  private boolean exhausted;
  private boolean finished;
  private volatile @Nullable MapCrew<I, R> crew; // others only close

  MapRun(
      ThreadTaskExecutor executor,
      MapOptions options,
      Iterable<? extends I> inputs,
      MapFunction<I, R> function) {
    this.executor = executor;
    this.options = options;
    this.inputs = requireNonNull(inputs, "inputs");
    this.function = function;
    ThreadHost host = executor.host();
    this.context = host.hasContext() ? host.inContext(() -> ITEM.get().call()) : null;
    this.neverBlocks = inputs instanceof Collection;
    this.eachIsATask = options.timeout() != null || host.watchesTasks() || !host.isPlain();
    this.ring =
        new MapRing(Math.addExact(options.concurrency(), options.buffer()), options.ordered());
    this.tally = new MapTally(host.counters, !eachIsATask, inputs);
  }

  @Override
  public boolean isOrdered() {
    return options.ordered();
  }

  // ---- the consumer

  @Override
  public boolean advance() throws ExecutionException, InterruptedException {
    if (finished) {
      return false;
    }
    try {
      return tryAdvance();
    } catch (Throwable e) {
      stopAndJoin();
      throw e;
    }
  }

  private boolean tryAdvance() throws ExecutionException, InterruptedException {
    ring.setConsumer(Thread.currentThread());
    Iterator<? extends I> source = iterator;
    if (source == null) {
      source = begin();
    }
    while (true) {
      if (stopped) {
        throwReason();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      boolean mayPull = !exhausted && !ring.isFull();
      if (mayPull && neverBlocks) {
        pull(source);
      } else if (ring.isHeadReady()) {
        return true;
      } else if (mayPull) {
        pull(source);
      } else if (exhausted && ring.isEmpty()) {
        end();
        return false;
      } else {
        awaitHead();
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // R is what the function returned
  @Override
  public R takeResult() {
    R result = (R) ring.take();
    tally.taken(function.isFailure(result));
    if (options.progress() != null) {
      try {
        options.progress().accept(tally.progress(ring.filled()));
      } catch (Throwable e) {
        stopAndJoin();
        throw e;
      }
    }
    return result;
  }

  private Iterator<? extends I> begin() {
    boolean nested = executor.host().running.isCurrentThreadInside();
    crew = new MapCrew<>(this, executor, options.concurrency(), nested);
    executor.host.add(this);
    if (executor.host.isStopping()) {
      executorStopped(); // it may have looked for maps before this one was added
    }
    tally.start();
    iterator = requireNonNull(inputs.iterator(), "inputs: iterator() gave null");
    return iterator;
  }

  private MapCrew<I, R> crew() {
    return requireNonNull(crew);
  }

  private void pull(Iterator<? extends I> source) {
    if (executor.isShutdown()) {
      throw Rejections.shutDown(executor.host.name);
    }
    if (!source.hasNext()) {
      exhausted = true;
      return;
    }
    I input = source.next();
    ring.put(requireNonNull(input, () -> "inputs: element " + ring.filled() + " is null"));
    crew().reinforce();
  }

  private void awaitHead() throws InterruptedException {
    for (int i = 0; i < SPINS; i++) {
      if (ring.isHeadReady()) {
        return;
      }
      Thread.onSpinWait();
    }
    MapCrew<I, R> all = crew();
    tally.flush();
    ring.announceWait();
    try {
      while (!ring.isHeadReadyVolatile() && !stopped) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!(all.isNested() && help()) && !all.replaceLost()) {
          LockSupport.park(this);
        }
      }
    } finally {
      ring.endWait();
    }
  }

  /// Runs the head's input on the consumer's thread, if nobody else has claimed it.
  private boolean help() {
    if (options.ordered() && !ring.isHeadUnclaimed()) {
      return false;
    }
    MapChunk one = new MapChunk(1);
    if (!ring.claim(one)) {
      return false;
    }
    var item = new ItemRun<>(this, one.first, input(one, 0));
    item.leave(); // no runner is bound to it, so none is lost with it
    inline = item; // before runItem() reads `stopped`; stop() does it the other way round
    runItem(item);
    inline = null;
    return true;
  }

  private void end() {
    finished = true;
    executor.host.remove(this);
    tally.flush();
    crew().dismiss();
  }

  /// Ends the map early: nothing new starts, what runs is interrupted and waited for.
  private void stopAndJoin() {
    if (finished) {
      return;
    }
    finished = true;
    executor.host.remove(this);
    stopped = true;
    MapCrew<I, R> all = crew;
    if (all != null) {
      all.cancelAndJoin();
    }
    tally.stopped(ring.filled(), failure.get() == null ? 0 : 1 + laterFailures.size());
  }

  private void throwReason() throws ExecutionException, InterruptedException {
    Throwable first = failure.get();
    if (first != null) {
      stopAndJoin(); // first, so that all failures are known
      ExecutionException wrapper = new ExecutionException(GuardedLog.text(first), first);
      laterFailures.forEach(later -> Suppressed.add(wrapper, later));
      throw wrapper;
    }
    if (consumerInterrupted) {
      throw new InterruptedException();
    }
    if (executorStopped) {
      throw Rejections.shutDown(executor.host.name);
    }
    throw new CancellationException("the stream was closed while its next result was waited for");
  }

  @Override
  public void close() {
    if (ring.isConsumer(Thread.currentThread())) {
      stopAndJoin();
    } else {
      stop(); // the consumer, if there is one, does the same and ends
      MapCrew<I, R> all = crew;
      if (all != null) {
        all.cancelAndJoin();
      }
    }
  }

  @Override
  public void executorStopped() {
    executorStopped = true;
    stop();
  }

  // ---- the runners

  boolean isStopped() {
    return stopped;
  }

  /// {@return whether each input counts, is listened to and is timed as a task of its own}
  boolean eachIsATask() {
    return eachIsATask;
  }

  ThreadTaskExecutor executor() {
    return executor;
  }

  @Nullable Duration itemTimeout() {
    return options.timeout();
  }

  MapChunk newChunk() {
    return new MapChunk(eachIsATask ? 1 : Math.min(options.chunkSize(), ring.limit()));
  }

  /// Works on one claimed input.
  ///
  /// @return false if the runner was given up because of it
  boolean process(MapChunk chunk, int k) {
    I input = input(chunk, k);
    long index = chunk.first + k;
    if (eachIsATask) {
      ItemRun<I, R> item = new ItemRun<>(this, index, input);
      runItem(item);
      return item.leave();
    }
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    try {
      ring.deliver(index, call(input));
    } catch (Throwable e) {
      failed(index, input, e);
    } finally {
      ContextLoader.restore(thread, loader); // the next input is another task
    }
    return true;
  }

  private void runItem(ItemRun<I, R> item) {
    if (!stopped) {
      item.accept();
      item.runHere();
    }
  }

  @SuppressWarnings("unchecked") // the inputs of the ring are I
  private I input(MapChunk chunk, int k) {
    Object input = requireNonNull(chunk.inputs[k]);
    chunk.inputs[k] = null;
    return (I) input;
  }

  @SuppressWarnings("unchecked") // the context returns what the item returned
  R call(I input) throws Exception {
    if (context == null) {
      return function.apply(input);
    }
    return (R) ScopedValue.where(ITEM, () -> function.apply(input)).call(context::call);
  }

  void failed(long index, I input, Throwable e) {
    R recovered = function.recover(input, e);
    if (recovered != null) {
      ring.deliver(index, recovered);
    } else if (e instanceof InterruptedException
        && ring.isConsumer(Thread.currentThread())
        && !stopped) {
      consumerInterrupted = true; // it ran on the consumer's thread, whose interrupt it is
      stop();
    } else if (!stopped || failure.get() != null) { // else closed: then it concerns nobody
      fail(e);
    }
  }

  /// Something failed that ends the map.
  void fail(Throwable e) {
    if (!failure.compareAndSet(null, e) && !(e instanceof InterruptedException)) {
      laterFailures.add(e);
    }
    stop();
  }

  /// Nothing new starts; the consumer looks why.
  private void stop() {
    stopped = true;
    stopInline();
    ring.wake();
  }

  /// Interrupts what the consumer's thread runs itself, if anything.
  private void stopInline() {
    ItemRun<I, R> item = inline;
    if (item != null) {
      item.cancel(true);
    }
  }

  /// The runner of an input was given up with it.
  void runnerLost() {
    crew().lost();
  }
}
