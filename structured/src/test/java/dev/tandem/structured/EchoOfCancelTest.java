package dev.tandem.structured;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A subtask that was cut off from outside is cancelled, whichever canceller came first: the
/// exception with which its body answers is no failure, and is suppressed nowhere.
class EchoOfCancelTest {
  /// A thread whose interrupt takes as long as the test wants: it holds up one canceller.
  private static final class SlowToInterrupt extends Thread {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    SlowToInterrupt(Runnable r) {
      super(r);
    }

    @Override
    public void interrupt() {
      reached.countDown();
      boolean opened = false;
      while (!opened) {
        try {
          goOn.await();
          opened = true;
        } catch (InterruptedException _) {
          // only the test ends the wait
        }
      }
      super.interrupt();
    }
  }

  /// One canceller stalls before a subtask that it has not cancelled yet; another canceller,
  /// further out, must not cancel the scope inside that subtask first.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void subtaskIsToldBeforeTheScopeInsideIt(boolean byDeadline) throws Exception {
    HeldBody deep = new HeldBody();
    HeldBody held = new HeldBody();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    ThreadFactory firstThenSlow =
        r -> {
          Thread made = threads.isEmpty() ? new Thread(r) : new SlowToInterrupt(r);
          threads.add(made);
          return made;
        };
    Outcome<Integer> outcome;
    Throwable thrown;
    try (var outer = open(identity())) {
      try (var middle = open(cf -> cf.withThreadFactory(firstThenSlow))) {
        Subtask<Integer> subtask =
            middle.fork(() -> {
              try (var inner = TaskScope.open()) {
                inner.fork(deep);
                inner.join();
                return 1;
              }
            });
        deep.awaitStarted();
        middle.fork(held);
        held.awaitStarted();
        SlowToInterrupt slow = (SlowToInterrupt) threads.get(1);
        Thread stuck = Thread.ofPlatform().daemon().start(middle::cancel);
        try {
          HeldBody.expect(slow.reached, "is being interrupted");
          if (byDeadline) {
            outer.expire(outer);
          } else {
            outer.cancel();
          }
          threads.get(0).join(HeldBody.PATIENCE);
          thrown = catchThrowable(middle::join);
          outcome = subtask.outcome();
        } finally {
          slow.goOn.countDown();
          stuck.join();
        }
      }
    }
    assertThat(outcome).isEqualTo(new Outcome.Cancelled<>());
    assertThat(thrown).isInstanceOf(CancellationException.class);
    assertThat(thrown.getSuppressed()).isEmpty();
  }

  private static Scope<Object, Void, ExecutionException> open(UnaryOperator<TaskScope.Config> cf) {
    return Scope.open(Joiner.awaitAllSuccessfulOrThrow(), ScopeOptions.of(cf));
  }

  @Test
  void deadlineFurtherOutIsAFailureNowhereInside() throws Exception {
    for (int i = 0; i < 60; i++) {
      AtomicReference<Subtask<Integer>> middle = new AtomicReference<>();
      Throwable thrown =
          catchThrowable(() -> {
            try (var outer = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(10)))) {
              outer.fork(() -> {
                try (var s1 = TaskScope.open()) {
                  middle.set(
                      s1.fork(() -> {
                        try (var s2 = TaskScope.open(anyOrIo())) {
                          s2.fork(new HeldBody());
                          s2.join();
                          return 1;
                        }
                      }));
                  for (int k = 0; k < 20; k++) {
                    s1.fork(new HeldBody());
                  }
                  s1.join();
                  return 0;
                }
              });
              outer.join();
            }
          });
      assertThat(thrown).isInstanceOf(ExecutionException.class);
      assertThat(thrown.getSuppressed()).isEmpty();
      Subtask<Integer> subtask = middle.get();
      if (subtask != null) {
        assertThat(subtask.outcome()).isEqualTo(new Outcome.Cancelled<>());
      }
    }
  }

  private static Joiner<Object, Object, IOException> anyOrIo() {
    return Joiner.anySuccessfulOrThrow(e -> new IOException("no page", e));
  }

  /// A failure that a body adds to its answer is kept.
  @Test
  void failureInTheAnswerToTheCancellationIsKept() throws Exception {
    IOException news = new IOException("rollback failed");
    HeldBody body = HeldBody.answering(news);
    HeldBody obeying = new HeldBody();
    Throwable thrown =
        catchThrowable(() -> {
          try (var outer = TaskScope.open()) {
            outer.fork(() -> Parallel.all(List.of(body, obeying)));
            body.awaitStarted();
            obeying.awaitStarted();
            outer.fork(() -> {
              throw new IllegalStateException("first");
            });
            outer.join();
          }
        });
    assertThat(thrown).hasMessageContaining("first");
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0].getSuppressed()).contains(news);
  }

  /// The scope was cancelled before the subtask failed, but the canceller has not reached the
  /// subtask yet.
  @Test
  void subtaskThatReadsACancelledSiblingIsCancelledToo() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    HeldBody held = new HeldBody();
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      Subtask<String> sibling = scope.fork(held);
      held.awaitStarted();
      Subtask<String> reader =
          scope.fork(() -> {
            while (cancelled.getCount() > 0) {
              Thread.onSpinWait();
            }
            return sibling.get();
          });
      scope.cancel();
      cancelled.countDown();
      assertThat(scope.join()).containsOnly(new Outcome.Cancelled<>());
      assertThat(reader.outcome()).isEqualTo(new Outcome.Cancelled<>());
    }
  }
}
