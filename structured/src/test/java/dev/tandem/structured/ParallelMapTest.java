package dev.tandem.structured;

import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.internal.Causes;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ParallelMapTest {
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void givesResultsInTheOrderOfTheInputs() throws Exception {
    CountDownLatch last = new CountDownLatch(1);
    List<String> results =
        Parallel.map(
            range(0, 8).boxed().toList(),
            8,
            i -> {
              if (i == 7) {
                last.countDown();
              }
              last.await(); // so that none can end before the last has begun
              return "r" + i;
            });
    assertThat(results).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
  }

  @Test
  void givesNullsAndAnEmptyListForNoInputs() throws Exception {
    assertThat(Parallel.map(List.of(1, 2), 2, _ -> null)).containsExactly(null, null);
    assertThat(Parallel.<Integer, String>map(List.of(), 2, _ -> "none")).isEmpty();
  }

  @Test
  void resultCannotBeChanged() throws Exception {
    List<Integer> results = Parallel.map(List.of(1), 1, i -> i);
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> results.add(2));
  }

  @Test
  void worksOnNoMoreThanItMay() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    var results =
        Parallel.map(
            range(0, 2_000).boxed().toList(),
            3,
            i -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.yield();
              running.decrementAndGet();
              return i;
            });
    assertThat(results).isEqualTo(range(0, 2_000).boxed().toList());
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void takesAnInputOnlyWhenThereIsAFreePlaceForIt() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();
    List<Integer> ahead = new CopyOnWriteArrayList<>();
    Iterable<Integer> inputs =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return taken.get() < 200;
              }

              @Override
              public Integer next() {
                ahead.add(taken.incrementAndGet() - finished.get());
                return taken.get();
              }
            };
    Parallel.map(
        inputs,
        4,
        i -> {
          Thread.yield();
          finished.incrementAndGet();
          return i;
        });
    assertThat(ahead).hasSize(200).allMatch(n -> n <= 4);
  }

  @Test
  void takesNoInputWhileAllPlacesAreTaken() throws Exception {
    HeldBody slow = new HeldBody();
    AtomicInteger taken = new AtomicInteger();
    Iterable<Integer> inputs =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return taken.get() < 3;
              }

              @Override
              public Integer next() {
                return taken.incrementAndGet();
              }
            };
    Thread watcher =
        slow.whenRunningAndBlocked(() -> {
          ahead.set(taken.get());
          slow.release();
        });
    Parallel.map(inputs, 1, i -> i == 1 ? slow.call() : "quick");
    watcher.join();
    assertThat(ahead).hasValue(1);
  }

  private final AtomicInteger ahead = new AtomicInteger();

  @Test
  void failureIsSeenBehindASlowInput() {
    CountDownLatch slowStarted = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("the second");
    AtomicBoolean interrupted = new AtomicBoolean();
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(1, 2, 3, 4),
                2,
                i -> {
                  if (i == 1) {
                    slowStarted.countDown();
                    try {
                      never.await();
                    } finally {
                      interrupted.set(true);
                    }
                  }
                  slowStarted.await();
                  throw failure;
                }))
        .isInstanceOf(ExecutionException.class)
        .hasCause(failure);
    assertThat(interrupted).isTrue();
  }

  @Test
  void failureStopsAnEndlessIterator() {
    AtomicInteger taken = new AtomicInteger();
    Iterable<Integer> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                return taken.incrementAndGet();
              }
            };
    assertThatThrownBy(() ->
            Parallel.map(
                endless,
                4,
                i -> {
                  if (i == 100) {
                    throw new IllegalStateException("enough");
                  }
                  return i;
                }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("enough");
    assertThat(taken.get()).isBetween(100, 200);
  }

  @Test
  void whatTheIteratorThrowsArrivesAsItIs() {
    HeldBody body = new HeldBody();
    NoSuchElementException own = new NoSuchElementException("the iterator's own");
    Iterable<Integer> inputs =
        () ->
            new Iterator<>() {
              private boolean first = true;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                if (first) {
                  first = false;
                  return 1;
                }
                await().until(body::hasStarted);
                throw own;
              }
            };
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      assertThatThrownBy(() -> Parallel.map(inputs, 2, _ -> body.call())).isSameAs(own);
      assertThat(log.warnings("scope")).isEmpty();
    }
    assertThat(body.thread().isAlive()).isFalse();
    assertThat(body.interrupts()).isEqualTo(1);
  }

  @Test
  void nullInputStopsIt() {
    List<Integer> inputs = new ArrayList<>(Arrays.asList(1, null));
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.map(inputs, 2, i -> i))
        .withMessageContaining("inputs: null among them");
  }

  @Test
  void interruptStopsItWhileItWaitsForAPlaceAndAtTheEnd() throws Exception {
    for (List<Integer> inputs : List.of(List.of(1, 2, 3), List.of(1))) {
      HeldBody body = new HeldBody();
      Thread caller = Thread.currentThread();
      Thread third = body.whenRunningAndBlocked(caller::interrupt);
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> Parallel.map(inputs, 1, _ -> body.call()));
      third.join();
      assertThat(body.thread().isAlive()).isFalse();
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void endsWithTheScopeAroundIt() throws Exception {
    HeldBody body = new HeldBody();
    AtomicInteger started = new AtomicInteger();
    Throwable thrown =
        catchThrowable(() -> {
          try (var around = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(300)))) {
            around.fork(() ->
                Parallel.map(
                    range(0, 100).boxed().toList(),
                    1,
                    _ -> {
                      started.incrementAndGet();
                      return body.call();
                    }));
            around.join();
          }
        });
    assertThat(thrown).hasCauseInstanceOf(TaskScope.CancelledByTimeoutException.class);
    assertThat(started).hasValue(1);
    assertThat(body.thread().isAlive()).isFalse();
  }

  @Test
  void aStreamIsPulledLazilyAndClosedOnce() throws Exception {
    AtomicInteger pulled = new AtomicInteger();
    AtomicInteger closings = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Stream<Integer> inputs =
        Stream.generate(
                () -> {
                  int n = pulled.incrementAndGet();
                  assertThat(n - done.get()).isLessThanOrEqualTo(3);
                  return n;
                })
            .limit(50)
            .onClose(closings::incrementAndGet);
    List<Integer> results =
        Parallel.map(
            inputs,
            3,
            n -> {
              done.incrementAndGet();
              return n;
            });
    assertThat(results).hasSize(50).startsWith(1, 2, 3);
    assertThat(closings).hasValue(1);
  }

  @Test
  void aStreamIsClosedHoweverTheMapEnds() {
    AtomicInteger closings = new AtomicInteger();
    assertThatThrownBy(() ->
            Parallel.map(
                Stream.of(1).onClose(closings::incrementAndGet),
                1,
                _ -> {
                  throw new IOException("no answer");
                }))
        .isExactlyInstanceOf(ExecutionException.class);
    assertThat(closings).hasValue(1);
    IllegalStateException unreadable = new IllegalStateException("unreadable");
    assertThatThrownBy(() ->
            Parallel.map(
                Stream.of(1)
                    .peek(_ -> {
                      throw unreadable;
                    })
                    .onClose(closings::incrementAndGet),
                1,
                i -> i))
        .isSameAs(unreadable);
    assertThat(closings).hasValue(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parallel.map(Stream.of(1).onClose(closings::incrementAndGet), 0, i -> i));
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.map(Stream.of(1).onClose(closings::incrementAndGet), 1, null))
        .withMessage("fn: null (expected: not null)");
    assertThat(closings).hasValue(4);
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.map((Stream<Integer>) null, 1, i -> i))
        .withMessage("inputs: null (expected: not null)");
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> Parallel.map(Stream.of(1).onClose(closings::incrementAndGet), 1, i -> i))
        .isExactlyInstanceOf(InterruptedException.class);
    assertThat(closings).hasValue(5);
    Stream<Integer> used = Stream.of(1).onClose(closings::incrementAndGet);
    assertThat(used.toList()).containsExactly(1);
    assertThatThrownBy(() -> Parallel.map(used, 1, i -> i))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(closings).hasValue(5);
  }

  @Test
  void badInputIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parallel.map(List.of(1), 0, i -> i))
        .withMessage("maxConcurrency: 0 (expected: 1 or more)");
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.map((Iterable<Integer>) null, 1, i -> i))
        .withMessage("inputs: null (expected: not null)");
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.map(List.of(1), 1, null))
        .withMessage("fn: null (expected: not null)");
  }

  /// A checked exception that was thrown sneakily is one like others, also for the log.
  @Test
  void whateverTheIteratorThrowsArrivesAndNothingElseIsLogged() {
    for (Throwable own :
        List.of(
            new IllegalStateException("unchecked"),
            new IOException("checked"),
            new InterruptedException("the iterator's own"),
            new AssertionError("an error"))) {
      HeldBody body = new HeldBody();
      Iterable<Integer> broken =
          () ->
              new Iterator<>() {
                private boolean begun;

                @Override
                public boolean hasNext() {
                  return true;
                }

                @Override
                public Integer next() {
                  if (begun) {
                    throw Causes.sneak(own);
                  }
                  begun = true;
                  return 1;
                }
              };
      Throwable thrown;
      try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
        thrown = catchThrowable(() -> Parallel.map(broken, 4, _ -> body.call()));
        assertThat(log.about("", Level.INFO)).isEmpty();
      }
      assertThat(thrown).isSameAs(own);
    }
  }

  @Test
  void collectionOfTasksIsReadBeforeAnythingStarts() throws Exception {
    IOException own = new IOException("the collection's own");
    HeldBody never = new HeldBody();
    Collection<Callable<String>> tasks =
        new AbstractCollection<>() {
          @Override
          public Iterator<Callable<String>> iterator() {
            return new Iterator<>() {
              private boolean begun;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Callable<String> next() {
                if (begun) {
                  throw Causes.sneak(own);
                }
                begun = true;
                return never;
              }
            };
          }

          @Override
          public int size() {
            return 2;
          }
        };
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      assertThat(catchThrowable(() -> Parallel.all(tasks))).isSameAs(own);
      assertThat(catchThrowable(() -> Parallel.any(tasks))).isSameAs(own);
      assertThat(catchThrowable(() -> Parallel.settle(tasks))).isSameAs(own);
      assertThat(log.about("", Level.INFO)).isEmpty();
    }
    assertThat(never.hasStarted()).isFalse();
  }
}
