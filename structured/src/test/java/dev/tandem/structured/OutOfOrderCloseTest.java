package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Scopes that are not closed in reverse order, or never by the thread that opened them.
class OutOfOrderCloseTest {
  @Test
  void closingTheOuterScopeClosesTheInnerOneAndSaysSo() throws Exception {
    var outer = TaskScope.open(cf -> cf.withName("outer"));
    var inner = TaskScope.open(cf -> cf.withName("inner"));
    HeldBody outerBody = new HeldBody();
    HeldBody innerBody = new HeldBody();
    outer.fork(outerBody);
    inner.fork(innerBody);
    outerBody.awaitStarted();
    innerBody.awaitStarted();

    assertThatIllegalStateException()
        .isThrownBy(outer::close)
        .withMessageContaining("scope outer was closed while a scope inside it was open");

    assertThat(outerBody.thread().isAlive()).isFalse();
    assertThat(innerBody.thread().isAlive()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> inner.fork(() -> "late"))
        .withMessageContaining("is closed");
    inner.close(); // nothing more to do
    outer.close();
    assertThat(TaskScope.dump()).doesNotContain("outer");
  }

  @Test
  void closingTheOutermostOfThreeScopesClosesThemAll() throws Exception {
    List<TaskScope<Object, Void, ExecutionException>> scopes = new ArrayList<>();
    List<HeldBody> bodies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      var scope = TaskScope.open(cf -> cf.withName("nested"));
      HeldBody body = new HeldBody();
      scope.fork(body);
      body.awaitStarted();
      scopes.add(scope);
      bodies.add(body);
    }
    try {
      assertThatIllegalStateException().isThrownBy(scopes.getFirst()::close);

      assertThat(bodies).noneMatch(body -> body.thread().isAlive());
      for (var scope : scopes) {
        assertThatIllegalStateException()
            .isThrownBy(() -> scope.fork(() -> "late"))
            .withMessageContaining("is closed");
      }
      assertThat(TaskScope.dump()).doesNotContain("nested");
    } finally {
      scopes.reversed().forEach(TaskScope::close);
    }
  }

  @Test
  void subtaskThatLeavesItsScopeOpenEndsWithIt() throws Exception {
    HeldBody inside = new HeldBody();
    try (var scope = TaskScope.open()) {
      var subtask =
          scope.fork(() -> {
            var left = TaskScope.open();
            left.fork(inside);
            inside.awaitStarted();
            return "left open";
          });
      scope.join();
      assertThat(subtask.get()).isEqualTo("left open");
      assertThat(inside.thread().isAlive()).isFalse();
    }
  }

  @Test
  void subtaskThatLeavesTwoScopesOpenCompletes() throws Exception {
    HeldBody inside = new HeldBody();
    try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(10)))) {
      var subtask =
          scope.fork(() -> {
            var first = TaskScope.open();
            var second = TaskScope.open();
            first.fork(inside);
            inside.awaitStarted();
            return "left open " + second;
          });
      scope.join();
      assertThat(subtask.get()).startsWith("left open");
      assertThat(inside.thread().isAlive()).isFalse();
    }
  }

  @Test
  void subtaskThatFailsWithTwoScopesOpenFailsWithItsOwnException() throws Exception {
    IllegalStateException failure = new IllegalStateException("the body's own");
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(10)))) {
                scope.fork(() -> {
                  TaskScope.open();
                  TaskScope.open();
                  throw failure;
                });
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCause(failure);
  }

  @Test
  void innerScopeOutlivesNothingWhenTheBlockOfTheOuterOneThrows() {
    AtomicReference<TaskScope<Object, Void, ExecutionException>> leaked = new AtomicReference<>();
    IllegalArgumentException own = new IllegalArgumentException("the block's own");
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () -> {
              try (var outer = TaskScope.open()) {
                leaked.set(TaskScope.open());
                leaked.get().fork(() -> never.await());
                outer.fork(() -> never.await());
                throw own;
              }
            })
        .isSameAs(own)
        .satisfies(e ->
            assertThat(e.getSuppressed())
                .singleElement()
                .isInstanceOf(IllegalStateException.class));
    leaked.get().close();
  }
}
