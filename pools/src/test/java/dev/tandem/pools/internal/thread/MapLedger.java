package dev.tandem.pools.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What happened in one map: each input pulled, each run of its function, each result taken.
final class MapLedger {
  static final class ItemFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ItemFailure() {
      super("for the test", null, false, false);
    }
  }

  final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final int ahead;
  private final int concurrency;
  private final boolean ordered;

  private final ConcurrentHashMap<Integer, AtomicInteger> runs = new ConcurrentHashMap<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final BitSet taken = new BitSet(); // the consumer's own, like these
  private int pulled;
  private int results;

  /// Set before whatever may interrupt the functions.
  volatile boolean mayBeInterrupted;

  private volatile boolean begun;
  private volatile boolean over;

  MapLedger(int concurrency, int buffer, boolean ordered) {
    this.concurrency = concurrency;
    this.ahead = concurrency + buffer;
    this.ordered = ordered;
  }

  /// {@return whether the consumer has begun: a stream closed before throws in its terminal
  /// operation}
  boolean hasBegun() {
    return begun;
  }

  int results() {
    return results;
  }

  int pulled() {
    return pulled;
  }

  // ---- the inputs

  /// @param throwsAt the input in place of which the iterator throws, if there is one
  Iterable<Integer> inputs(int n, int throwsAt) {
    return () -> iterator(n, throwsAt);
  }

  /// The same as a collection, which a map pulls without looking for results.
  List<Integer> collection(int n, int throwsAt) {
    return new AbstractList<>() {
      @Override
      public Iterator<Integer> iterator() {
        return MapLedger.this.iterator(n, throwsAt);
      }

      @Override
      public Integer get(int i) {
        return i;
      }

      @Override
      public int size() {
        return n;
      }
    };
  }

  private Iterator<Integer> iterator(int n, int throwsAt) {
    Thread consumer = Thread.currentThread();
    begun = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pulled < n;
      }

      @Override
      public Integer next() {
        if (pulled == n) {
          throw new NoSuchElementException();
        }
        if (Thread.currentThread() != consumer) {
          violations.add("the iterator was used by another thread");
        }
        if (pulled == throwsAt) {
          mayBeInterrupted = true;
          throw new ItemFailure();
        }
        pulled++;
        if (pulled - results > ahead) {
          violations.add("%d ahead, allowed are %d".formatted(pulled - results, ahead));
        }
        return pulled - 1;
      }
    };
  }

  // ---- the function

  /// @param fails whether it throws
  Integer apply(int input, long nanos, boolean fails) throws InterruptedException {
    enter(input);
    try {
      StressActor.pause(nanos);
      if (fails) {
        throw new ItemFailure();
      }
      return input;
    } catch (InterruptedException e) {
      if (!mayBeInterrupted) {
        violations.add("interrupted though nobody stopped it");
      }
      throw e;
    } finally {
      inside.decrementAndGet();
    }
  }

  private void enter(int input) {
    if (runs.computeIfAbsent(input, _ -> new AtomicInteger()).incrementAndGet() > 1) {
      violations.add("input %d was worked on twice".formatted(input));
    }
    if (inside.incrementAndGet() > concurrency) {
      violations.add("more functions at once than the concurrency of " + concurrency);
    }
    if (over) {
      violations.add("a function started after the map had ended");
    }
    if (Thread.currentThread().isInterrupted() && !mayBeInterrupted) {
      violations.add("a function started with the interrupt of another");
    }
  }

  // ---- the results

  void take(int result) {
    if (taken.get(result)) {
      violations.add("result %d came twice".formatted(result));
    }
    if (ordered && result != results) {
      violations.add("result %d came as number %d".formatted(result, results));
    }
    taken.set(result);
    results++;
  }

  /// The terminal operation has ended, and so has the close of a stream that was left early.
  void ended() {
    over = true;
    if (inside.get() != 0) {
      violations.add(inside + " functions still ran at the end");
    }
  }

  void check() {
    assertThat(violations).isEmpty();
    assertThat(results).as("results").isLessThanOrEqualTo(pulled);
    assertThat(inside).as("functions that still run").hasValue(0);
  }

  static int neverOr(Random r, int n) {
    return r.nextInt(3) == 0 ? r.nextInt(Math.min(n, 50) + 1) : -1;
  }
}
