package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The numbers from 0 as inputs of a `map`, which notes who pulls them and how far ahead of the
/// consumer.
final class CountedInput implements Iterable<Integer> {
  private final int size;
  private final IntConsumer beforePull;
  private final AtomicInteger pulled = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger mostAhead = new AtomicInteger();
  private final Set<Thread> pullers = ConcurrentHashMap.newKeySet();

  private CountedInput(int size, IntConsumer beforePull) {
    this.size = size;
    this.beforePull = beforePull;
  }

  static CountedInput endless() {
    return of(Integer.MAX_VALUE);
  }

  static CountedInput of(int size) {
    return new CountedInput(size, _ -> {});
  }

  /// {@return inputs without end}
  ///
  /// @param action is called with each number before it is handed out, and may throw or block
  static CountedInput endless(IntConsumer action) {
    return new CountedInput(Integer.MAX_VALUE, action);
  }

  @Override
  public Iterator<Integer> iterator() {
    pullers.add(Thread.currentThread());
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        pullers.add(Thread.currentThread());
        return next < size;
      }

      @Override
      public Integer next() {
        pullers.add(Thread.currentThread());
        if (next >= size) {
          throw new NoSuchElementException();
        }
        beforePull.accept(next);
        // the consumer is the one who pulls, so this is exact
        int ahead = pulled.incrementAndGet() - taken.get();
        mostAhead.accumulateAndGet(ahead, Math::max);
        return next++;
      }
    };
  }

  /// Takes the next result, which must be there or come.
  <O> O take(Spliterator<O> results) {
    AtomicInteger given = new AtomicInteger();
    Object[] box = new Object[1];
    Consumer<O> action =
        result -> {
          took();
          given.incrementAndGet();
          box[0] = result;
        };
    assertThat(results.tryAdvance(action)).as("there is a next result").isTrue();
    assertThat(given).as("results given by one tryAdvance").hasValue(1);
    @SuppressWarnings("unchecked") // it was put there by action
    O result = (O) box[0];
    return result;
  }

  /// Notes that the consumer took a result.
  void took() {
    taken.incrementAndGet();
  }

  int pulled() {
    return pulled.get();
  }

  /// {@return the largest number of inputs pulled beyond the results taken}
  int mostAhead() {
    return mostAhead.get();
  }

  /// {@return the threads that called the iterator}
  Set<Thread> pullers() {
    return pullers;
  }
}
