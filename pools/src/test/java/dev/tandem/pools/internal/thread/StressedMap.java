package dev.tandem.pools.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.MapConfig;
import dev.tandem.core.Outcome;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One map of a stress test: its shape, what is done to it, and what came of it.
final class StressedMap {
  private enum Disturbance {
    NONE,
    INTERRUPT,
    CLOSE
  }

  private static final int ENDLESS = Integer.MAX_VALUE;

  private final AbstractTaskExecutor executor;
  private final boolean executorStops;
  private final int n;
  private final int failsAt;
  private final int throwsAt;
  private final int leavesAfter; // how many results the consumer wants, or -1 for all
  private final boolean settles;
  private final boolean nests;
  private final boolean isCollection;
  private final long bodyNanos;
  private final Disturbance disturbance;
  private final UnaryOperator<MapConfig> config;
  private final MapLedger ledger;
  private final Queue<MapLedger> inner = new ConcurrentLinkedQueue<>();
  private final Lock closing = new ReentrantLock();
  private volatile boolean over;
  private volatile Stream<Integer> stream;
  private Throwable end;

  StressedMap(AbstractTaskExecutor executor, Random r, boolean executorStops) {
    this.executor = executor;
    this.executorStops = executorStops;
    boolean endless = r.nextInt(6) == 0;
    n = endless ? ENDLESS : r.nextInt(60);
    disturbance =
        r.nextInt(3) == 0
            ? (r.nextBoolean() ? Disturbance.CLOSE : Disturbance.INTERRUPT)
            : Disturbance.NONE;
    failsAt = MapLedger.neverOr(r, n);
    throwsAt = MapLedger.neverOr(r, n);
    leavesAfter = endless || r.nextInt(4) == 0 ? r.nextInt(40) : -1;
    settles = r.nextInt(3) == 0;
    nests = r.nextInt(4) == 0;
    isCollection = !endless && r.nextBoolean();
    bodyNanos = r.nextInt(150_000);
    int concurrency = 1 + r.nextInt(4);
    int buffer = r.nextInt(9);
    int chunk = 1 + r.nextInt(3);
    boolean ordered = r.nextBoolean();
    boolean times = r.nextInt(5) == 0;
    config =
        cf -> {
          MapConfig c = cf.withConcurrency(concurrency).withBuffer(buffer).withChunkSize(chunk);
          c = ordered ? c : c.unordered();
          return times ? c.withTimeout(Duration.ofSeconds(20)) : c;
        };
    ledger = new MapLedger(concurrency, buffer, ordered);
    ledger.mayBeInterrupted = executorStops || failsAt >= 0 && !settles;
  }

  boolean isDisturbed() {
    return disturbance != Disturbance.NONE;
  }

  // ---- the consumer

  void consume() {
    try (Stream<Integer> results = results()) {
      stream = results;
      Stream<Integer> wanted = leavesAfter < 0 ? results : results.limit(leavesAfter);
      wanted.forEach(ledger::take);
      ledger.mayBeInterrupted |= leavesAfter >= 0; // by the close that follows
    } catch (RuntimeException e) {
      end = e;
    }
    // a stream runs its close handler once: a second close returns while the first still waits
    closing.lock();
    closing.unlock();
    over = true;
    ledger.ended();
  }

  private Stream<Integer> results() {
    Iterable<Integer> inputs =
        isCollection ? ledger.collection(n, throwsAt) : ledger.inputs(n, throwsAt);
    if (!settles) {
      return executor.map(inputs, this::apply, config);
    }
    return executor
        .mapSettled(inputs, this::apply, config)
        .map(settled -> {
          if (settled.outcome() instanceof Outcome.Failure<?> f
              && settled.input() != failsAt
              && !ledger.mayBeInterrupted) {
            ledger.violations.add("failed for no reason: " + f.exception());
          }
          return settled.input();
        });
  }

  private Integer apply(int input) throws Exception {
    long nanos = (input * 7919L) % 3 == 0 ? 0 : bodyNanos;
    if (nests && input % 5 == 0) {
      applyToMany();
    }
    return ledger.apply(input, nanos, input == failsAt);
  }

  /// A map inside the map, on the same executor.
  private void applyToMany() {
    MapLedger own = new MapLedger(2, 1, true);
    own.mayBeInterrupted = true; // the outer map may be stopped at any moment
    inner.add(own);
    try (Stream<Integer> results =
        executor.map(
            own.inputs(4, -1),
            i -> own.apply(i, bodyNanos / 4, false),
            cf -> cf.withConcurrency(2).withBuffer(1))) {
      results.forEach(own::take);
    } finally {
      own.ended();
    }
  }

  // ---- somebody else

  void disturb(Thread consumer, Random r) throws InterruptedException {
    StressActor.pause(r.nextInt(2_000_000));
    ledger.mayBeInterrupted = true;
    Stream<Integer> now = stream;
    if (disturbance == Disturbance.INTERRUPT) {
      consumer.interrupt();
    } else if (now != null && ledger.hasBegun() && !over) {
      closing.lock();
      try {
        now.close();
      } finally {
        closing.unlock();
      }
    }
  }

  // ---- afterwards

  void check() {
    ledger.check();
    inner.forEach(MapLedger::check);
    switch (end) {
      case null -> {
        int all = leavesAfter < 0 ? n : Math.min(n, leavesAfter);
        assertThat(ledger.results()).as("results").isEqualTo(all);
      }
      case MapLedger.ItemFailure _ ->
          assertThat(throwsAt).as("where the iterator throws").isEqualTo(ledger.pulled());
      case CompletionException e -> {
        assertThat(settles).as("settles").isFalse();
        if (!executorStops && !isDisturbed()) {
          assertThat(e.getCause()).isInstanceOf(MapLedger.ItemFailure.class);
          assertThat(failsAt).as("the input that fails").isBetween(0, ledger.pulled() - 1);
        }
      }
      case CancellationException e ->
          assertThat(isDisturbed() || executorStops).as("%s", e).isTrue();
      case RejectedExecutionException e -> assertThat(executorStops).as("%s", e).isTrue();
      default -> throw new AssertionError("an end that none should have", end);
    }
  }
}
