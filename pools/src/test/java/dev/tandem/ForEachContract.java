package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.MapProgress;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// `forEach`: side effects, all done on return.
interface ForEachContract extends GraceFixture {
  @Test
  default void forEachReturnsWhenEveryInputIsDone() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    executor.forEach(numbers(2_000), done::add);
    assertThat(done).hasSize(2_000);
    done.clear();
    executor.forEach(numbers(2_000), done::add, c -> c.withConcurrency(1).withBuffer(0));
    assertThat(done).hasSize(2_000);
  }

  @Test
  default void forEachThrowsTheFirstFailureAsTheCause() {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    IOException exception = new IOException("no route");
    IllegalStateException later = new IllegalStateException("while being stopped");
    HeldTask held = new HeldTask();
    assertThatThrownBy(() ->
            executor.forEach(
                CountedInput.endless(),
                n -> {
                  if (n == 0) {
                    try {
                      held.call();
                    } catch (InterruptedException e) {
                      throw later;
                    }
                  }
                  held.awaitStarted();
                  throw exception;
                },
                c -> c.withConcurrency(2)))
        .isExactlyInstanceOf(ExecutionException.class)
        .hasSuppressedException(later)
        .cause()
        .is(theOne(exception));
    assertThat(exception).hasNoSuppressedExceptions();
    held.assertEnded();
  }

  @Test
  default void forEachGivesAnErrorAsTheCauseToo() {
    TaskExecutor executor = create();
    AssertionError error = new AssertionError("wrong");
    assertThatThrownBy(() ->
            executor.forEach(
                numbers(10),
                _ -> {
                  throw error;
                }))
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .is(theOne(error));
  }

  @Test
  default void anInterruptedForEachThrowsWhenWhatRanHasEnded() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    Caller<Void> caller =
        Caller.start(() -> {
          executor.forEach(numbers(3), _ -> held.call());
          return null;
        });
    held.awaitStarted();
    caller.awaitBlocked().interrupt();
    assertThat(caller.failure()).isExactlyInstanceOf(InterruptedException.class);
    assertThat(caller.keptTheFlag()).as("the exception stands for the flag").isFalse();
    held.awaitInterrupted();
    held.assertEnded();
  }

  @Test
  default void aForEachInterruptedBeforehandThrows() throws Exception {
    TaskExecutor executor = create();
    Caller<Void> caller =
        Caller.start(() -> {
          Thread.currentThread().interrupt();
          executor.forEach(CountedInput.endless(), _ -> {});
          return null;
        });
    assertThat(caller.failure()).isExactlyInstanceOf(InterruptedException.class);
  }

  @Test
  default void aCancellationExceptionOfTheActionIsAFailureAndNotAnInterrupt() {
    TaskExecutor executor = create();
    CancellationException own = new CancellationException("of something inside");
    assertThatThrownBy(() ->
            executor.forEach(
                numbers(3),
                _ -> {
                  throw own;
                }))
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .is(theOne(own));
  }

  @Test
  default void anExceptionOfTheSourceLeavesForEachAsItIs() {
    TaskExecutor executor = create();
    IllegalStateException broken = new IllegalStateException("connection lost");
    CountedInput input =
        CountedInput.endless(n -> {
          if (n == 50) {
            throw broken;
          }
        });
    assertThatThrownBy(() -> executor.forEach(input, _ -> {})).isSameAs(broken);
  }

  @Test
  default void forEachOnAClosedExecutorIsRejected() {
    TaskExecutor executor = create();
    executor.close();
    assertThatThrownBy(() -> executor.forEach(numbers(10), _ -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  default void forEachPullsNoFurtherAheadThanConcurrencyPlusBuffer() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    CountedInput input = CountedInput.of(1_000);
    Caller<Void> caller =
        Caller.start(() -> {
          executor.forEach(input, _ -> held.call(), c -> c.withConcurrency(2).withBuffer(5));
          return null;
        });
    await().until(() -> input.pulled() == 7);
    caller.awaitBlocked();
    assertThat(input.pulled()).isEqualTo(7);
    held.release();
    caller.result();
    assertThat(input.pulled()).isEqualTo(1_000);
  }

  @Test
  default void aProgressActionThatThrowsLeavesNothingRunning() throws InterruptedException {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    IllegalStateException own = new IllegalStateException("bar is broken");
    HeldTask held = new HeldTask();
    assertThatThrownBy(() ->
            executor.forEach(
                CountedInput.endless(),
                n -> {
                  if (n == 0) {
                    held.call();
                  }
                  held.awaitStarted();
                },
                c ->
                    c.withConcurrency(2)
                        .withBuffer(0) // elsewhere, a third could start before the first
                        .withProgress(_ -> {
                          throw own;
                        })))
        .isSameAs(own);
    held.awaitInterrupted();
    held.assertEnded();
  }

  @Test
  default void forEachReportsProgressOnTheCallingThread() throws Exception {
    TaskExecutor executor = create();
    List<MapProgress> progress = new ArrayList<>();
    AtomicBoolean elsewhere = new AtomicBoolean();
    Thread caller = Thread.currentThread();
    executor.forEach(
        numbers(100),
        _ -> {},
        c ->
            c.withProgress(p -> {
              elsewhere.compareAndSet(false, Thread.currentThread() != caller);
              progress.add(p);
            }));
    assertThat(elsewhere).isFalse();
    assertThat(progress).last().extracting(MapProgress::succeeded).isEqualTo(100L);
  }
}
