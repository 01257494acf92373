package dev.tandem.pools.internal.process;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One `map`, `mapSettled` or `forEach` in worker processes.
final class ProcessMap<I, R extends @Nullable Object> extends MapConsumer<I, R> {
  /*
   *              pull                   encode                       ITEM_RESULT ...
   *   iterator -------> MapOutbox ---> MapPart ---> workers ---------------> MapPart.results --> consumer
   *         (consumer)       (consumer, alarm)                   (readers)                (take)
   *
   * The consumer pulls inputs into parts, and sends a part as one job: a part of a thousand costs
   * about as much to send as one of one. Results come back into the part one by one, so that
   * what was done is not lost with a worker. How many inputs a part has is found out on the way
   * (MapPace), so that it takes a worker about a millisecond.
   *
   * Ordered, the consumer takes from the oldest part; unordered, from those that have something,
   * which a reader puts into `arrived`.
   */
  final ProcessPoolExecutor executor;
  final @Nullable Object context;
  final MapPace pace;
  private final Queue<MapPart<I, R>> arrived = new ConcurrentLinkedQueue<>();

  /// The parts of which not all has been taken, in the order of their inputs. @GuardedBy("parts")
  private final LinkedHashSet<MapPart<I, R>> parts = new LinkedHashSet<>();

  private final MapOutbox<I, R> outbox;
  private final AtomicInteger underWay = new AtomicInteger();
  private @Nullable MapPart<I, R> current; // Thread: consumer

  ProcessMap(
      ProcessPoolExecutor executor,
      MapOptions options,
      Iterable<? extends I> inputs,
      MapFunction<I, R> function) {
    super(
        executor,
        options,
        inputs,
        function,
        options.timeout() != null || executor.host.watchesTasks());
    this.executor = executor;
    this.context = executor.mapContext();
    this.pace = new MapPace(options, executor.settings, eachIsATask);
    this.outbox = new MapOutbox<>(this, !(inputs instanceof Collection));
  }

  // ---- the consumer

  @Override
  protected boolean isNextInHand() {
    MapPart<I, R> part = current;
    return part != null && part.hasNext();
  }

  @Override
  protected boolean isReady() {
    MapPart<I, R> part = current;
    if (part != null && part.hasNext()) {
      return true;
    }
    if (part != null && part.isTaken()) {
      synchronized (parts) {
        parts.remove(part);
      }
      part = null;
    }
    if (isOrdered()) {
      part = oldest();
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

  @Override
  protected boolean hasRoom() {
    return outbox.hasRoom() && pace.mayPull(ahead(), underWay.get());
  }

  @Override
  protected boolean put(I input) {
    return outbox.add(input);
  }

  /// {@return how many inputs the next part has}
  int partSize() {
    return pace.size(total());
  }

  @Override
  protected void putRest() {
    outbox.send();
  }

  @Override
  protected R take() {
    return requireNonNull(current).next();
  }

  @Override
  protected boolean mayGoOn() {
    return isReady() || outbox.maySend();
  }

  // ---- the end

  /// Lets functions that run end between two inputs.
  @Override
  protected void stopWork() {
    outbox.clear();
    parts().forEach(MapPart::stop);
  }

  @Override
  protected boolean isWorkOver() {
    return underWay.get() == 0;
  }

  /// Kills the workers.
  @Override
  protected void workOutlastsGrace() {
    parts().forEach(MapPart::kill);
  }

  // ---- the parts

  /// Adds a part that was made for the inputs behind those of all others.
  void add(MapPart<I, R> part) {
    synchronized (parts) {
      parts.add(part);
    }
  }

  private @Nullable MapPart<I, R> oldest() {
    synchronized (parts) {
      return parts.isEmpty() ? null : parts.getFirst();
    }
  }

  private List<MapPart<I, R>> parts() {
    synchronized (parts) {
      return List.copyOf(parts);
    }
  }

  /// {@return whether one more part may be sent}
  boolean maySend() {
    return pace.maySend(underWay.get());
  }

  /// Counts a part that is about to be on its way to a worker.
  void sent() {
    underWay.incrementAndGet();
  }

  /// Counts out a part that no worker has any more.
  void gone() {
    underWay.decrementAndGet();
    workEnded();
  }

  /// Tells the consumer that a part has something to take.
  ///
  /// @param unordered the part, if it is not in `arrived` already
  void arrived(@Nullable MapPart<I, R> unordered) {
    if (unordered != null) {
      arrived.add(unordered);
    }
    wake();
  }
}
