package dev.tandem.structured;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static com.google.common.util.concurrent.Uninterruptibles.joinUninterruptibly;
import static com.google.common.util.concurrent.Uninterruptibles.sleepUninterruptibly;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.ContextPropagator;
import dev.tandem.structured.TaskScope.Config;
import dev.tandem.structured.TaskScope.Joiner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole stories: what a scope does when several things go wrong at once.
@ExtendWith(OwnerExtension.class)
@ParameterizedClass
@EnumSource(Owner.class)
class ScopeScenariosTest implements ScopeFixture {
  private static final ScopedValue<String> TENANT = ScopedValue.newInstance();

  private final Owner owner;

  ScopeScenariosTest(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }

  @Override
  public Config children(Config cf) {
    return cf;
  }

  @Override
  public int atOnce() {
    return Integer.MAX_VALUE;
  }

  private static int deeper(int n) {
    return deeper(n + 1) + 1;
  }

  private static void after(long millis, Runnable action) {
    Thread.ofVirtual()
        .start(() -> {
          sleepUninterruptibly(Duration.ofMillis(millis));
          action.run();
        });
  }

  @Test
  void bothBranchesOfAnyThrowErrors() {
    AssertionError first = new AssertionError("first");
    AssertionError other = new AssertionError("other");
    CountDownLatch firstThrown = new CountDownLatch(1);
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open(Joiner.<String>anySuccessfulOrThrow())) {
            HeldBody.awaitEnd(
                scope.fork(() -> {
                  firstThrown.countDown();
                  throw first;
                }));
            scope.fork(() -> {
              firstThrown.await();
              throw other;
            });
            scope.join();
          }
        });
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(first);
    assertThat(thrown.getSuppressed()).containsExactly(other);

    Throwable inOneCall =
        catchThrowable(() ->
            Parallel.any(
                () -> {
                  throw first;
                },
                () -> {
                  throw other;
                }));
    assertThat(inOneCall)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(AssertionError.class);
    assertThat(inOneCall.getSuppressed()).hasSize(1).doesNotContain(inOneCall.getCause());
  }

  @Test
  void stackOverflowUnderATimeoutIsAFailureAtOnce() {
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(() -> Parallel.callWithTimeout(() -> deeper(0), Duration.ofSeconds(30)));
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(thrown)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void winnerIsReturnedOnlyAfterTheStubbornLoserHasEnded() throws Exception {
    Thread me = Thread.currentThread();
    AtomicInteger interrupts = new AtomicInteger();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    long start = System.nanoTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(400);
    CountDownLatch never = new CountDownLatch(1);
    after(150, me::interrupt);
    String winner =
        Parallel.any(
            () -> {
              threads.add(Thread.currentThread());
              sleepUninterruptibly(Duration.ofMillis(30));
              return "winner";
            },
            () -> {
              threads.add(Thread.currentThread());
              for (long left; (left = end - System.nanoTime()) > 0; ) {
                try {
                  never.await(left, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                  interrupts.incrementAndGet();
                }
              }
              return "loser";
            });
    assertThat(winner).isEqualTo("winner");
    assertThat(System.nanoTime()).isGreaterThanOrEqualTo(end);
    assertThat(Thread.interrupted()).as("the owner's flag").isTrue();
    assertThat(interrupts).hasValue(1);
    assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
  }

  @Test
  void firstFailureIsTheCauseTheAnswerToTheInterruptIsSuppressedAndTheObedientIsNot() {
    IllegalStateException e1 = new IllegalStateException("E1");
    IllegalStateException e2 = new IllegalStateException("E2");
    HeldBody c2 = HeldBody.answering(e2);
    HeldBody c3 = new HeldBody();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open()) {
            scope.fork(() -> {
              threads.add(Thread.currentThread());
              c2.awaitStarted();
              c3.awaitStarted();
              sleepUninterruptibly(Duration.ofMillis(20));
              throw e1;
            });
            scope.fork(c2);
            scope.fork(c3);
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(e1);
    assertThat(thrown.getSuppressed()).containsExactly(e2);
    assertThat(e1.getSuppressed()).isEmpty();
    threads.add(c2.thread());
    threads.add(c3.thread());
    assertThat(threads).hasSize(3).noneMatch(Thread::isAlive);
  }

  @Test
  void tenThousandTasksUnderALimit() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> results =
        ScopedValue.where(TENANT, "acme")
            .call(() -> {
              try (var scope =
                  TaskScope.open(
                      Joiner.<String>allSuccessfulOrThrow(),
                      cf ->
                          cf.withConcurrency(8)
                              .withContext(ContextPropagator.scopedValue(() -> TENANT)))) {
                range(0, 10_000)
                    .forEach(i ->
                        scope.fork(() -> {
                          most.accumulateAndGet(running.incrementAndGet(), Math::max);
                          String result = TENANT.get() + i;
                          running.decrementAndGet();
                          return result;
                        }));
                return scope.join();
              }
            });
    assertThat(results).isEqualTo(range(0, 10_000).mapToObj(i -> "acme" + i).toList());
    assertThat(most.get()).isBetween(1, 8);
  }

  @Test
  void failureOfTask17IsSeenWhileTask16Sleeps() {
    HeldBody sleeper = new HeldBody();
    IllegalStateException failure = new IllegalStateException("task 17");
    long start = System.nanoTime();
    Throwable thrown =
        catchThrowable(() ->
            Parallel.map(
                range(0, 10_000).boxed().toList(),
                8,
                i -> {
                  if (i == 16) {
                    sleeper.call();
                  }
                  if (i == 17) {
                    sleeper.awaitStarted();
                    throw failure;
                  }
                  return i;
                }));
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
    assertThat(sleeper.interrupts()).isEqualTo(1);
  }

  @Test
  void neitherTheFailureNorTheInterruptIsEverLost() throws Exception {
    Thread me = Thread.currentThread();
    IllegalStateException failure = new IllegalStateException("E1");
    for (int i = 0; i < 10_000; i++) {
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch started = new CountDownLatch(1);
      Thread third =
          Thread.ofVirtual()
              .start(() -> {
                awaitUninterruptibly(go);
                me.interrupt();
              });
      Throwable thrown =
          catchThrowable(() -> {
            try (var scope = TaskScope.open()) {
              scope.fork(() -> {
                started.countDown();
                awaitUninterruptibly(go);
                throw failure;
              });
              started.await();
              go.countDown();
              scope.join();
            }
          });
      joinUninterruptibly(third);
      boolean flag = Thread.interrupted();
      if (thrown instanceof InterruptedException) {
        assertThat(thrown.getSuppressed()).as("round %d", i).containsExactly(failure);
        assertThat(flag).as("round %d: interrupted once, told once", i).isFalse();
      } else {
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
        assertThat(flag).as("round %d: the owner's flag", i).isTrue();
      }
    }
    assertThat(failure.getSuppressed()).isEmpty();
  }
}
