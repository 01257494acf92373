package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.structured.TaskScope.Subtask.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Joiners of users: when each method is called, and what happens when one throws.
interface CustomJoinerContract extends ScopeFixture {
  /// Collects results, and gives what there is at a timeout.
  class Collecting implements Joiner<String, List<String>, RuntimeException> {
    final List<String> results = new CopyOnWriteArrayList<>();
    final List<Thread> callers = new CopyOnWriteArrayList<>();

    @Override
    public boolean onComplete(Subtask<String> s) {
      callers.add(Thread.currentThread());
      if (s.state() == State.SUCCESS) {
        results.add(s.get());
      }
      return results.size() == 3;
    }

    @Override
    public List<String> result() {
      callers.add(Thread.currentThread());
      return results;
    }

    @Override
    public List<String> timeout() {
      callers.add(Thread.currentThread());
      results.add("and no more");
      return results;
    }
  }

  @Test
  default void quorumIsEnough() throws Exception {
    Collecting joiner = new Collecting();
    try (var scope = open(joiner)) {
      for (String s : List.of("a", "b", "c")) {
        HeldBody.awaitEnd(scope.fork(() -> s));
      }
      scope.fork(new HeldBody());
      assertThat(scope.join()).containsExactly("a", "b", "c");
      assertThat(scope.isCancelled()).isTrue();
    }
    assertThat(joiner.callers).hasSize(4).last().isSameAs(Thread.currentThread());
    assertThat(joiner.callers.subList(0, 3)).doesNotContain(Thread.currentThread());
  }

  @Test
  default void timeoutGivesPartialResults() throws Exception {
    Collecting joiner = new Collecting();
    try (var scope = open(joiner, cf -> cf.withTimeout(Duration.ofMillis(40)))) {
      HeldBody.awaitEndInTime(scope, scope.fork(() -> "a"));
      scope.fork(new HeldBody());
      assertThat(scope.join()).containsExactly("a", "and no more");
    }
  }

  @Test
  default void onForkIsCalledByTheForkingThreadBeforeTheStart() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    Thread owner = Thread.currentThread();
    var joiner =
        new Collecting() {
          @Override
          public boolean onFork(Subtask<String> s) {
            seen.add(s.state() + " " + (Thread.currentThread() == owner));
            return false;
          }
        };
    try (var scope = open(joiner)) {
      scope.fork(() -> {
        seen.add("runs");
        scope.fork(() -> "inner");
        return "outer";
      });
      scope.join();
    }
    assertThat(seen).containsExactly("UNAVAILABLE true", "runs", "UNAVAILABLE false");
  }

  @Test
  default void onForkIsCalledInACancelledScopeOnCompleteIsNot() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    var joiner =
        new Collecting() {
          @Override
          public boolean onFork(Subtask<String> s) {
            seen.add("fork");
            return false;
          }
        };
    HeldBody stubborn = HeldBody.stubborn();
    try (var scope = open(joiner)) {
      scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.cancel();
      scope.fork(() -> "never");
      stubborn.release();
      assertThat(scope.join()).isEmpty();
    }
    assertThat(seen).containsExactly("fork", "fork");
    assertThat(joiner.callers).containsExactly(Thread.currentThread());
  }

  @Test
  default void onForkThatHasSeenEnoughCancels() throws Exception {
    HeldBody never = new HeldBody();
    var joiner =
        new Collecting() {
          @Override
          public boolean onFork(Subtask<String> s) {
            return true;
          }
        };
    try (var scope = open(joiner)) {
      scope.fork(never);
      assertThat(scope.isCancelled()).isTrue();
      assertThat(scope.join()).isEmpty();
    }
    assertThat(never.hasStarted()).isFalse();
  }

  @Test
  default void onForkThatThrowsFailsTheScope() throws Exception {
    IllegalStateException own = new IllegalStateException("onFork's own");
    HeldBody never = new HeldBody();
    HeldBody running = new HeldBody();
    var joiner =
        new Collecting() {
          private int forks;

          @Override
          public boolean onFork(Subtask<String> s) {
            if (++forks == 2) {
              throw own;
            }
            return false;
          }
        };
    try (var scope = open(joiner)) {
      scope.fork(running);
      running.awaitStarted();
      assertThat(catchThrowable(() -> scope.fork(never))).isSameAs(own);
      assertThatExceptionOfType(CompletionException.class).isThrownBy(scope::join).withCause(own);
    }
    assertThat(never.hasStarted()).isFalse();
    assertThat(running.thread().isAlive()).isFalse();
  }

  @Test
  default void onCompleteThatThrowsFailsTheScope() throws Exception {
    AssertionError own = new AssertionError("onComplete's own");
    var joiner =
        new Collecting() {
          @Override
          public boolean onComplete(Subtask<String> s) {
            throw own;
          }
        };
    HeldBody other = new HeldBody();
    try (var scope = open(joiner)) {
      Subtask<String> subtask = scope.fork(() -> "result");
      scope.fork(other);
      assertThatExceptionOfType(CompletionException.class).isThrownBy(scope::join).withCause(own);
      assertThat(subtask.get()).isEqualTo("result");
    }
    assertThat(other.hasStarted() && other.thread().isAlive()).isFalse();
  }

  @Test
  default void lateFailureHangsOnTheExceptionOfACallback() throws Exception {
    needsAtOnce(2);
    IllegalStateException late = new IllegalStateException("late");
    HeldBody answering = HeldBody.answering(late);
    Throwable thrown =
        catchThrowable(() -> {
          var joiner =
              new Collecting() {
                @Override
                public boolean onComplete(Subtask<String> s) {
                  throw new AssertionError("onComplete's own");
                }
              };
          try (var scope = open(joiner)) {
            scope.fork(answering);
            answering.awaitStarted();
            scope.fork(() -> "result");
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(CompletionException.class);
    assertThat(thrown.getSuppressed()).containsExactly(late);
  }

  @Test
  default void whatResultAndTimeoutThrowLeavesJoinAsItIs() {
    IllegalStateException own = new IllegalStateException("the joiner's own");
    for (Duration timeout : List.of(Duration.ofMillis(20), Duration.ofSeconds(60))) {
      HeldBody body = new HeldBody();
      var joiner =
          new Collecting() {
            @Override
            public List<String> result() {
              throw own;
            }

            @Override
            public List<String> timeout() {
              throw own;
            }
          };
      assertThatThrownBy(
              () -> {
                try (var scope = open(joiner, cf -> cf.withTimeout(timeout))) {
                  scope.fork(body);
                  if (timeout.toSeconds() > 0) {
                    body.release();
                  }
                  scope.join();
                }
              })
          .isSameAs(own);
      assertThat(own.getSuppressed()).isEmpty();
    }
  }

  @Test
  default void handleCanBeReadInACallbackAlsoByTheOwner() throws Exception {
    try (var scope =
        open(
            new Collecting(),
            cf -> cf.withThreadFactory(_ -> null))) { // fails in fork, on the owner's thread
      scope.fork(() -> "never");
      assertThat(scope.join()).isEmpty();
    }
  }
}
