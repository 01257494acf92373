package dev.tandem.pools.internal.thread;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.TaskRecord;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One `map`, `mapSettled` or `forEach` on threads of this JVM.
final class MapRun<I, R extends @Nullable Object> extends MapConsumer<I, R> {
  /*
   *                 pull                 claim                     deliver
   *   iterator ----------> ring.inputs --------> runners (threads) -------> ring.results --> consumer
   *            (consumer)                        of the executor                       (take)
   *
   * The consumer pulls while the ring has room, so it is never more than concurrency + buffer ahead.
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

  final ThreadTaskExecutor executor;
  private final int concurrency;
  private final int chunkSize;
  private final @Nullable Callable<?> context;
  final MapRing ring;
  private volatile @Nullable ItemRun<I, R> inline;
  private volatile @Nullable MapCrew<I, R> crew; // written by the consumer

  MapRun(
      ThreadTaskExecutor executor,
      MapOptions options,
      Iterable<? extends I> inputs,
      MapFunction<I, R> function) {
    ThreadHost host = executor.host();
    super(
        executor,
        options,
        inputs,
        function,
        options.timeout() != null
            || host.watchesTasks()
            || host.renamesThreads()
            || TaskRecord.isOn());
    this.executor = executor;
    this.concurrency = options.concurrency();
    this.context = contextOf(host);
    this.ring =
        new MapRing(Math.addExact(options.concurrency(), options.buffer()), options.ordered());
    this.chunkSize = eachIsATask ? 1 : Math.min(options.chunkSize(), ring.limit);
  }

  /// {@return calls [#ITEM] in the context of the current thread; null if there is none}
  private static @Nullable Callable<?> contextOf(ThreadHost host) {
    Callable<?> item = () -> ITEM.get().call();
    Callable<?> inContext = host.inContext(item);
    return inContext == item ? null : inContext;
  }

  // ---- the consumer

  @Override
  protected void begin() {
    boolean nested = executor.host().running.isCurrentThreadInside();
    crew = new MapCrew<>(this, executor, concurrency, nested);
  }

  private MapCrew<I, R> crew() {
    return requireNonNull(crew);
  }

  @Override
  protected boolean isReady() {
    return ring.isHeadReady();
  }

  @Override
  protected boolean hasRoom() {
    return !ring.isFull();
  }

  @Override
  protected boolean put(I input) throws InterruptedException {
    ring.put(requireNonNull(input));
    crew().reinforce();
    return true;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // R is what the function returned
  @Override
  protected R take() {
    return (R) ring.take();
  }

  @Override
  protected void await() throws InterruptedException {
    for (int i = 0; i < SPINS; i++) {
      if (ring.isHeadReady()) {
        return;
      }
      Thread.onSpinWait();
    }
    super.await();
  }

  @Override
  protected boolean mayGoOn() throws InterruptedException {
    return ring.isHeadReady() || (crew().nested && help()) || crew().replaceLost();
  }

  @Override
  protected void park() {
    ring.announceWait();
    try {
      if (!ring.isHeadReadyVolatile()) {
        LockSupport.park(this);
      }
    } finally {
      ring.endWait();
    }
  }

  /// Runs the head's input on the consumer's thread, if no runner has claimed it.
  private boolean help() {
    if (isOrdered() && !ring.isHeadUnclaimed()) {
      return false;
    }
    MapRing.Chunk one = new MapRing.Chunk(1);
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

  // ---- the end

  @Override
  protected void dismiss() {
    crew().dismiss();
  }

  /// Also interrupts what the consumer's thread runs itself, if anything.
  @Override
  protected void stop() {
    super.stop();
    ItemRun<I, R> item = inline;
    if (item != null) {
      item.cancel(true);
    }
  }

  @Override
  protected void stopWork() {
    MapCrew<I, R> all = crew;
    if (all != null) {
      all.stop();
    }
  }

  @Override
  protected boolean isWorkOver() {
    MapCrew<I, R> all = crew;
    return all == null || all.isGone();
  }

  @Override
  protected void workOutlastsGrace() {
    crew().warnOfSurvivors();
  }

  // ---- the runners

  MapRing.Chunk newChunk() {
    return new MapRing.Chunk(chunkSize);
  }

  /// Works on one claimed input.
  ///
  /// @return false if the runner was given up because of it
  boolean process(MapRing.Chunk chunk, int k) {
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
    if (!isStopped()) {
      item.accept();
      item.runHere();
    }
  }

  @SuppressWarnings("unchecked") // the inputs of the ring are I
  private I input(MapRing.Chunk chunk, int k) {
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
    } else if (e instanceof InterruptedException && isConsumer() && !isStopped()) {
      consumerInterrupted(); // it ran on the consumer's thread, whose interrupt it is
    } else if (!isStopped() || hasFailed()) { // after a close its failure has no reader
      fail(e);
    }
  }

  /// Replaces the runner of an input that was given up with it.
  void runnerLost() {
    crew().lost();
  }
}
