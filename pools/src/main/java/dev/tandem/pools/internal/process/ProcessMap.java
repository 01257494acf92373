package dev.tandem.pools.internal.process;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.Suppressed;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.executor.MapDriver;
import dev.tandem.pools.internal.executor.MapFunction;
import dev.tandem.pools.internal.executor.MapOptions;
import dev.tandem.pools.internal.executor.MapTally;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One `map`, `mapSettled` or `forEach` in worker processes, driven by its consumer's thread.
final class ProcessMap<I, R extends @Nullable Object> implements MapDriver<R> {
  /*
   *              pull, encode                       ITEM_RESULT ...
   *   iterator ---------------> MapPart --> workers ---------------> MapPart.results --> consumer
   *             (consumer)                            (readers)                  (take)
   *
   * The consumer pulls inputs into parts, and sends a part as one job: a part of a thousand costs
   * about as much to send as one of one. Results come back into the part one by one, so that
   * what was done is not lost with a worker. How many inputs a part has is found out on the way
   * (MapPace), so that it takes a worker about a millisecond.
   *
   * Ordered, the consumer takes from the oldest part; unordered, from those that have something,
   * which a reader puts into `arrived`. It sleeps when there is nothing: it writes `waiting`, then
   * looks again; a reader publishes results, then reads `waiting`; so one of the two sees the other.
   * Only the consumer waits there, so when it leaves it cannot use up the wake-up of another thread.
   *
   * An iterator may block while it is asked for the next input, with a part half full. So a part that
   * is being filled is sent by an alarm, some milliseconds after its first input; it and `parts`
   * belong to whoever has the lock.
   */
  private static final long FILL_NANOS = 2_000_000;

  private final ProcessPoolExecutor executor;
  private final MapOptions options;
  private final Iterable<? extends I> inputs;
  private final MapFunction<I, R> function;
  private final @Nullable Object context;
  private final boolean eachIsATask;
  private final MapPace pace;

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Queue<Throwable> laterFailures = new ConcurrentLinkedQueue<>();
  private final Queue<MapPart<I, R>> arrived = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread consumer;
  private volatile boolean waiting;
  private volatile boolean stopped;
  private volatile boolean executorStopped;

  /// Filled, and not sent yet: while there are some, nothing is filled. Added under the lock.
  private final Deque<MapPart<I, R>> pending = new ConcurrentLinkedDeque<>();

  private volatile @Nullable MapPart<I, R> filling; // written under the lock
  private final ReentrantLock lock = new ReentrantLock();
  private final MapParts<I, R> parts = new MapParts<>(lock);
  private final AtomicInteger underWay = new AtomicInteger();

  // the consumer's own
  private final MapTally tally;
  private @Nullable Iterator<? extends I> iterator;
  private @Nullable MapPart<I, R> current;
  private long pulled;
  private long taken;
  private boolean exhausted;
  private boolean finished;

  ProcessMap(
      ProcessPoolExecutor executor,
      MapOptions options,
      Iterable<? extends I> inputs,
      MapFunction<I, R> function) {
    this.executor = executor;
    this.options = options;
    this.inputs = requireNonNull(inputs, "inputs");
    this.function = function;
    this.context = executor.mapContext();
    this.eachIsATask = options.timeout() != null || executor.host.watchesTasks();
    this.pace = new MapPace(options, executor.settings(), inputs, eachIsATask);
    this.tally = new MapTally(executor.host.counters, !eachIsATask, inputs);
  }

  @Override
  public boolean isOrdered() {
    return options.ordered();
  }

  // ---- the consumer

  @Override
  public boolean advance() throws ExecutionException, InterruptedException {
    MapPart<I, R> part = current;
    if (part != null && part.hasNext() && !stopped) {
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

  @Override
  public R takeResult() {
    R result = requireNonNull(current).next();
    taken++;
    tally.taken(function.isFailure(result));
    if (options.progress() != null) {
      try {
        options.progress().accept(tally.progress(pulled));
      } catch (Throwable e) {
        stopAndJoin();
        throw e;
      }
    }
    return result;
  }

  private boolean findNext() throws ExecutionException, InterruptedException {
    consumer = Thread.currentThread();
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
      boolean ready = findPart();
      if (ready && !(inputs instanceof Collection)) {
        return true; // an iterator may block
      }
      fill(source);
      if (ready || findPart()) {
        return true;
      }
      if (exhausted && allTaken()) {
        end();
        return false;
      }
      if (!mayPull() && !maySend()) {
        await();
      }
    }
  }

  /// {@return whether there is a result to take}
  private boolean findPart() {
    MapPart<I, R> part = current;
    if (part != null && part.hasNext()) {
      return true;
    }
    if (part != null && part.isTaken()) {
      parts.remove(part);
      part = null;
    }
    if (options.ordered()) {
      part = parts.oldest();
    } else {
      while (part == null || !part.hasNext()) {
        if (part != null) {
          part.letGo(); // it comes again when there is more
        }
        part = arrived.poll();
        if (part == null) {
          break;
        }
      }
    }
    current = part;
    return part != null && part.hasNext();
  }

  private boolean allTaken() {
    return parts.oldest() == null;
  }

  private Iterator<? extends I> begin() {
    executor.host.add(this);
    if (executor.host.isStopping()) {
      executorStopped(); // it may have looked for maps before this one was added
    }
    tally.start();
    iterator = requireNonNull(inputs.iterator(), "inputs: iterator() gave null");
    return iterator;
  }

  private boolean mayPull() {
    return !exhausted && pending.isEmpty() && pace.mayPull(pulled - taken, underWay.get());
  }

  /// {@return whether a part that is ready may be sent}
  private boolean maySend() {
    return !pending.isEmpty() && pace.maySend(underWay.get());
  }

  /// Pulls inputs and sends them, as far as it may go ahead; of an iterator that may block, until
  /// there is something to take.
  private void fill(Iterator<? extends I> source) {
    boolean mayBlock = !(inputs instanceof Collection);
    while (mayPull()) {
      if (executor.isShutdown()) {
        throw executor.refusal();
      }
      if (!source.hasNext()) {
        exhausted = true;
        break;
      }
      I input = source.next();
      requireNonNull(input, () -> "inputs: element " + pulled + " is null");
      pulled++;
      if (add(input, mayBlock) && mayBlock && findPart()) {
        return;
      }
    }
    lock.lock();
    try {
      send();
    } finally {
      lock.unlock();
    }
  }

  /// {@return whether a part was full and is sent}
  private boolean add(I input, boolean mayBlock) {
    lock.lock();
    try {
      MapPart<I, R> part = filling;
      if (part == null) {
        part = new MapPart<>(this, pace.size());
        filling = part;
        parts.add(part);
        if (mayBlock && pace.size() > 1) {
          sendLater(part);
        }
      }
      part.add(input);
      if (!part.isFull()) {
        return false;
      }
      send();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void sendLater(MapPart<I, R> part) {
    var _ =
        TaskTimer.after(
            FILL_NANOS,
            () -> {
              if (filling == part) {
                TaskTimer.handOver(executor.host.loader, () -> sendIfFilling(part));
              }
            });
  }

  private void sendIfFilling(MapPart<I, R> part) {
    lock.lock();
    try {
      if (filling == part) {
        send();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Sends what is being filled; as several parts, if it is too much for one message. Under the
  /// lock.
  private void send() {
    MapPart<I, R> filled = filling;
    if (filled != null) {
      filling = null;
      pending.addLast(filled);
    }
    while (maySend()) {
      MapPart<I, R> rest = pending.removeFirst().send();
      if (rest != null) {
        parts.add(rest);
        pending.addFirst(rest);
      }
    }
  }

  private void await() throws InterruptedException {
    tally.flush();
    waiting = true;
    try {
      while (!findPart() && !stopped && !mayPull() && !maySend()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
    } finally {
      waiting = false;
    }
  }

  private void end() {
    finished = true;
    executor.host.remove(this);
    tally.flush();
  }

  /// Ends the map early: nothing new starts; functions that run are let end between two inputs, and
  /// after the grace period their workers are killed.
  private void stopAndJoin() {
    if (finished) {
      return;
    }
    finished = true;
    executor.host.remove(this);
    stopped = true;
    stopParts();
    tally.stopped(pulled, failure.get() == null ? 0 : 1 + laterFailures.size());
  }

  private void stopParts() {
    lock.lock();
    try {
      filling = null;
      pending.clear();
    } finally {
      lock.unlock();
    }
    parts.all().forEach(MapPart::stop);
    if (!joined(executor.host.graceNanos)) {
      parts.all().forEach(MapPart::kill);
    }
  }

  /// {@return whether no part is at work any more, after so long}
  private boolean joined(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    boolean mine = Thread.currentThread() == consumer;
    if (mine) {
      waiting = true; // before the look: who goes then wakes this
    }
    boolean gone = allGone();
    for (long left; !gone && (left = end - System.nanoTime()) > 0; gone = allGone()) {
      // somebody else who closes has to look now and then
      LockSupport.parkNanos(this, mine ? left : Math.min(left, 1_000_000));
      interrupted |= Thread.interrupted();
    }
    if (mine) {
      waiting = false;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return gone;
  }

  private boolean allGone() {
    return parts.all().stream().allMatch(MapPart::isGone);
  }

  private void throwReason() throws ExecutionException {
    Throwable first = failure.get();
    if (first != null) {
      stopAndJoin(); // first, so that all failures are known
      ExecutionException wrapper = new ExecutionException(first);
      laterFailures.forEach(later -> Suppressed.add(wrapper, later));
      throw wrapper;
    }
    if (executorStopped) {
      throw executor.refusal();
    }
    throw new CancellationException("the stream was closed while its next result was waited for");
  }

  // ---- any thread

  @Override
  public void close() {
    Thread driver = consumer;
    if (driver == null || driver == Thread.currentThread()) {
      stopAndJoin();
    } else {
      stop();
      stopParts(); // nobody may be consuming any more
    }
  }

  @Override
  public void executorStopped() {
    executorStopped = true;
    stop();
  }

  /// The executor is shut down, and takes no more.
  void refused() {
    executorStopped();
  }

  private void stop() {
    stopped = true;
    wake();
  }

  // ---- the parts

  ProcessPoolExecutor executor() {
    return executor;
  }

  MapFunction<I, R> function() {
    return function;
  }

  @Nullable Object context() {
    return context;
  }

  boolean eachIsATask() {
    return eachIsATask;
  }

  long timeoutNanos() {
    return options.timeout() == null
        ? executor.host.timeoutNanos
        : TimeUnit.NANOSECONDS.convert(options.timeout());
  }

  MapPace pace() {
    return pace;
  }

  boolean isStopped() {
    return stopped;
  }

  /// A part is on its way to a worker.
  void sent() {
    underWay.incrementAndGet();
  }

  /// It is there no more.
  void gone() {
    underWay.decrementAndGet();
    wake();
  }

  /// A part has something to take.
  ///
  /// @param unordered the part, if it is not in `arrived` already
  void arrived(@Nullable MapPart<I, R> unordered) {
    if (unordered != null) {
      arrived.add(unordered);
    }
    wake();
  }

  private void wake() {
    if (waiting) {
      LockSupport.unpark(consumer);
    }
  }

  /// Something failed that ends the map.
  void fail(Throwable e) {
    if (!failure.compareAndSet(null, e)) {
      laterFailures.add(e);
    }
    stop();
  }
}
