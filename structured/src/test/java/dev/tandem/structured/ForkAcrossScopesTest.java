package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Forks into the scopes of a tree: from which threads they are allowed, and until when.
class ForkAcrossScopesTest {
  @Test
  void childAndGrandchildMayForkIntoTheScope() throws Exception {
    try (var outer = TaskScope.open(Joiner.<String>allSettled())) {
      outer.fork(() -> {
        outer.fork(() -> "by the child");
        try (var inner = TaskScope.open()) {
          inner.fork(() -> {
            outer.fork(() -> "by the grandchild");
          });
          inner.join();
        }
        return "child";
      });
      assertThat(outer.join())
          .extracting(o -> o.orElseThrow())
          .containsExactlyInAnyOrder("child", "by the child", "by the grandchild");
    }
  }

  @Test
  void childOfTheOuterScopeMayNotForkIntoTheInnerOne() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (var outer = TaskScope.open()) {
      try (var inner = TaskScope.open()) {
        CountDownLatch tried = new CountDownLatch(1);
        outer.fork(() -> {
          thrown.set(catchThrowable(() -> inner.fork(() -> "no")));
          tried.countDown();
        });
        tried.await();
      }
      outer.join();
    }
    assertThat(thrown.get()).isInstanceOf(WrongThreadException.class);
  }

  @Test
  void grandchildMayNotForkAfterTheOwnerHasJoined() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (var outer = TaskScope.open()) {
      outer.join();
      try (var after = TaskScope.open()) {
        after.fork(() -> thrown.set(catchThrowable(() -> outer.fork(() -> "late"))));
        after.join();
      }
    }
    assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void threadThatForksAfterItsBodyHasEndedLeavesNothingBehind() throws Exception {
    HeldBody late = new HeldBody();
    HeldBody gate = new HeldBody();
    AtomicReference<Subtask<String>> forked = new AtomicReference<>();
    AtomicReference<TaskScope<Object, ?, ?>> target = new AtomicReference<>();
    try (var scope =
        TaskScope.open(cf ->
            cf.withThreadFactory(r ->
                new Thread(() -> {
                  r.run();
                  try {
                    gate.call();
                    forked.set(target.get().fork(late));
                  } catch (Exception e) {
                    // refused, as it should be
                  }
                })))) {
      target.set(scope);
      scope.fork(() -> "body");
      scope.join();
      HeldBody.whenBlocked(gate::release); // in close
    }
    if (forked.get() != null) {
      assertThat(forked.get().outcome()).isNotNull();
      assertThat(late.hasStarted() && late.thread().isAlive()).isFalse();
    }
  }

  @Test
  void subtaskWithAnUncaughtExceptionHandlerOfItsOwnMayFork() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(() -> {
        Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
        scope.fork(() -> "second");
        return "first";
      });
      assertThat(scope.join()).containsExactly("first", "second");
    }
  }

  @Test
  void strangerMayNotFork() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("mine"))) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread stranger =
          Thread.ofPlatform()
              .name("stranger")
              .start(() -> thrown.set(catchThrowable(() -> scope.fork(() -> 1))));
      stranger.join();
      assertThat(thrown.get())
          .isInstanceOf(WrongThreadException.class)
          .hasMessageContaining("fork of scope mine: called by Thread[")
          .hasMessageContaining("stranger")
          .hasMessageContaining("expected: its owner");
      scope.join();
      assertThatIllegalStateException().isThrownBy(() -> scope.fork(() -> 2));
    }
  }

  @Test
  void grandchildMayForkIntoAnOpenScopeAcrossAJoinedOne() throws Exception {
    try (var outer = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      try (var joined = TaskScope.open()) {
        joined.join();
        try (var inner = TaskScope.open()) {
          inner.fork(() -> {
            outer.fork(() -> "across");
          });
          inner.join();
        }
      }
      assertThat(outer.join()).containsExactly("across");
    }
  }

  @Test
  void subtaskOfAScopeThatWasOpenAtTheJoinMayNotForkAfterIt() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    HeldBody gate = new HeldBody();
    try (var outer = TaskScope.open()) {
      try (var inner = TaskScope.open()) {
        inner.fork(() -> {
          gate.call();
          thrown.set(catchThrowable(() -> outer.fork(() -> "late")));
        });
        gate.awaitStarted();
        outer.join();
        gate.release();
        inner.join();
      }
    }
    assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
  }
}
