package dev.tandem.structured;

import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// At most so many bodies; the others start in the order of their forks.
class ConcurrencyLimitTest {
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private void counted() {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    Thread.yield();
    running.decrementAndGet();
  }

  @Test
  void neverMoreBodiesThanTheLimit() throws Exception {
    for (int limit = 1; limit <= 4; limit++) {
      int n = limit;
      most.set(0);
      try (var scope = TaskScope.open(cf -> cf.withConcurrency(n))) {
        for (int i = 0; i < 500; i++) {
          scope.fork(() -> {
            scope.fork(this::counted);
            counted();
          });
        }
        scope.join();
      }
      assertThat(most.get()).isBetween(1, limit);
    }
  }

  @Test
  void limitIsReached() throws Exception {
    List<HeldBody> bodies = new ArrayList<>();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(3))) {
      for (int i = 0; i < 4; i++) {
        bodies.add(new HeldBody());
        scope.fork(bodies.get(i));
      }
      for (HeldBody body : bodies.subList(0, 3)) {
        body.awaitStarted();
      }
      assertThat(bodies.getLast().hasStarted()).isFalse();
      bodies.get(1).release();
      bodies.getLast().awaitStarted();
      bodies.forEach(HeldBody::release);
      scope.join();
    }
  }

  @Test
  void waitingSubtasksStartInTheOrderOfTheirForks() throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(1))) {
      range(0, 200).forEach(i -> scope.fork(() -> order.add(i)));
      scope.join();
    }
    assertThat(order).isEqualTo(range(0, 200).boxed().toList());
  }

  @Test
  void nestedForksAtTheLimitDoNotDeadlock() throws Exception {
    try (var scope = TaskScope.open(Joiner.<Integer>allSettled(), cf -> cf.withConcurrency(1))) {
      scope.fork(() -> nested(scope, 30));
      assertThat(scope.join()).hasSize(31);
    }
  }

  private static int nested(TaskScope<Integer, ?, ?> scope, int depth) {
    if (depth > 0) {
      scope.fork(() -> nested(scope, depth - 1));
    }
    return depth;
  }

  @Test
  void scopesInsideALimitedScopeHaveTheirOwnLimit() throws Exception {
    try (var scope =
        TaskScope.open(Joiner.<List<Integer>>allSuccessfulOrThrow(), cf -> cf.withConcurrency(1))) {
      for (int i = 0; i < 5; i++) {
        scope.fork(() -> Parallel.all(() -> 1, () -> 2, () -> Parallel.all(() -> 3).getFirst()));
      }
      assertThat(scope.join()).hasSize(5).allMatch(List.of(1, 2, 3)::equals);
    }
  }

  @Test
  void cancelledSubtasksThatWaitNeverRun() throws Exception {
    HeldBody first = new HeldBody();
    List<HeldBody> waiting = range(0, 50).mapToObj(_ -> new HeldBody()).toList();
    List<Subtask<String>> handles = new ArrayList<>();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(1))) {
      scope.fork(first);
      waiting.forEach(body -> handles.add(scope.fork(body)));
      first.awaitStarted();
      scope.cancel();
      assertThat(catchThrowable(scope::join)).isInstanceOf(CancellationException.class);
    }
    assertThat(waiting).noneMatch(HeldBody::hasStarted);
    assertThat(handles).allMatch(handle -> handle.outcome() instanceof Outcome.Cancelled<String>);
  }

  @Test
  void failingStartPassesThePermitOn() throws Exception {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory everySecond =
        r ->
            count.incrementAndGet() % 2 == 0
                ? new FailedStartContract.Unstartable(r)
                : Thread.ofVirtual().unstarted(r);
    HeldBody first = new HeldBody();
    try (var scope =
        TaskScope.open(
            Joiner.<String>allSettled(),
            cf -> cf.withConcurrency(1).withThreadFactory(everySecond))) {
      scope.fork(first);
      for (int i = 0; i < 19; i++) {
        scope.fork(() -> "started");
      }
      first.release();
      List<Outcome<String>> outcomes = scope.join();
      assertThat(outcomes).hasSize(20);
      for (int i = 0; i < 20; i++) {
        assertThat(outcomes.get(i))
            .isInstanceOf(i % 2 == 0 ? Outcome.Success.class : Outcome.Failure.class);
      }
    }
  }

  @Test
  void failureOfABodyPassesThePermitOn() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSettled(), cf -> cf.withConcurrency(2))) {
      for (int i = 0; i < 20; i++) {
        scope.fork(() -> {
          throw new AssertionError("thrown by a test");
        });
      }
      assertThat(scope.join()).hasSize(20);
    }
  }

  @Test
  void permitIsHeldUntilAToldBodyHasEnded() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    HeldBody next = new HeldBody();
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(1))) {
      scope.fork(stubborn);
      scope.fork(next);
      stubborn.awaitStarted();
      scope.cancel();
      stubborn.release();
    }
    assertThat(next.hasStarted()).isFalse();
  }

  @Test
  void threadOfALazilyStartedSubtaskInheritsFromTheForker() throws Exception {
    InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    HeldBody first = new HeldBody();
    try (var scope =
        TaskScope.open(
            Joiner.<String>allSuccessfulOrThrow(),
            cf ->
                cf.withConcurrency(1)
                    .withThreadFactory(
                        Thread.ofPlatform()
                            .daemon()
                            .inheritInheritableThreadLocals(true)
                            .factory()))) {
      scope.fork(() -> {
        inherited.set("a sibling's");
        return first.call();
      });
      inherited.set("the forker's");
      scope.fork(inherited::get);
      inherited.set("after");
      first.release();
      assertThat(scope.join()).containsExactly(HeldBody.RESULT, "the forker's");
    } finally {
      inherited.remove();
    }
  }

  @Test
  void limitMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskScope.open(cf -> cf.withConcurrency(0)))
        .withMessage("concurrency: 0 (expected: 1 or more)");
  }
}
