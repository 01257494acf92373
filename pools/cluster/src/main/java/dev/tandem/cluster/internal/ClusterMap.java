package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.MapOptions;
import dev.tandem.pools.internal.executor.MapConsumer;
import dev.tandem.pools.internal.executor.MapFunction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One `map`, `mapSettled` or `forEach` over a cluster.
final class ClusterMap<I, R extends @Nullable Object> extends MapConsumer<I, R> {
  /*
   *              pull                          request                reply
   *   iterator -------> pulled, a part ---------------> a member --------------> results --> consumer
   *         (consumer)            (consumer, Hazelcast)        (Hazelcast)          (take)
   *
   * Inputs wait here until a part may be sent, so that its size can be what is right by then. A part
   * comes back as a whole. Ordered, the consumer takes from the oldest part; unordered, from
   * the one that came back first (`arrived`).
   */
  final ClusterTaskExecutor executor;
  final @Nullable Object context;
  final ClusterPace pace;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Queue<ClusterPart<I, R>> arrived = new ConcurrentLinkedQueue<>();

  /// The parts that were sent and of which not all was taken. @GuardedBy("parts")
  private final LinkedHashSet<ClusterPart<I, R>> parts = new LinkedHashSet<>();

  /// The inputs that were not sent. @GuardedBy("parts")
  private final Deque<I> pulled = new ArrayDeque<>();

  private @Nullable ClusterPart<I, R> current; // Thread: consumer

  ClusterMap(
      ClusterTaskExecutor executor,
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
    this.pace = new ClusterPace(options, executor.dispatcher, eachIsATask);
  }

  // ---- the consumer

  @Override
  protected boolean isNextInHand() {
    return current != null && current.hasNext();
  }

  @Override
  protected boolean isReady() {
    if (isNextInHand()) {
      return true;
    }
    if (current != null) {
      synchronized (parts) {
        parts.remove(current);
      }
    }
    current = isOrdered() ? oldest() : arrived.poll();
    return isNextInHand();
  }

  private @Nullable ClusterPart<I, R> oldest() {
    synchronized (parts) {
      ClusterPart<I, R> first = parts.isEmpty() ? null : parts.getFirst();
      return first != null && first.hasNext() ? first : null;
    }
  }

  @Override
  protected boolean hasRoom() {
    return pace.mayPull(ahead());
  }

  @Override
  protected boolean put(I input) {
    synchronized (parts) {
      pulled.add(input);
    }
    return send(pace.size(total()));
  }

  @Override
  protected void putRest() {
    var _ = send(1);
  }

  /// Sends as many parts as may be under way.
  ///
  /// @param least how many inputs a part needs to be sent
  /// @return whether no input waits to go with others
  private boolean send(int least) {
    while (!isStopped()) {
      ClusterPart<I, R> next;
      synchronized (parts) {
        if (pulled.size() < least || pulled.isEmpty()) {
          return pulled.isEmpty();
        }
        if (underWay.get() >= pace.parts()) {
          return true;
        }
        next = new ClusterPart<>(this, cut());
        parts.add(next);
        underWay.incrementAndGet();
      }
      if (!executor.enter()) {
        underWay.decrementAndGet();
        executorStopped();
        return true;
      }
      next.send();
    }
    return true;
  }

  private Object[] cut() {
    var inputs = new Object[Math.min(pace.size(total()), pulled.size())];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = pulled.remove();
    }
    return inputs;
  }

  @Override
  protected R take() {
    return requireNonNull(current).next();
  }

  @Override
  protected boolean mayGoOn() {
    executor.checkMayWait("a map");
    return isReady();
  }

  // ---- the end

  @Override
  protected void stopWork() {
    List<ClusterPart<I, R>> sent;
    synchronized (parts) {
      pulled.clear();
      sent = List.copyOf(parts);
    }
    sent.forEach(ClusterPart::stop);
  }

  @Override
  protected boolean isWorkOver() {
    return underWay.get() == 0;
  }

  /// It runs on, on its member: it cannot be stopped by force.
  @Override
  protected void workOutlastsGrace() {}

  // ---- the parts

  /// Tells the consumer that a part has come back.
  void arrived(ClusterPart<I, R> part) {
    if (!isOrdered()) {
      arrived.add(part);
    }
    wake();
  }

  /// Counts out a part that no member has any more.
  void gone() {
    underWay.decrementAndGet();
    var _ = send(1);
    workEnded();
    executor.bodyEnded();
  }
}
