package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ContextPropagator;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// The context of a scope reaches the scopes inside it.
class InheritedContextTest {
  private final List<String> wrapped = new CopyOnWriteArrayList<>();

  /// Notes its name when a body is wrapped.
  private ContextPropagator noting(String name) {
    return new ContextPropagator() {
      @Override
      public <T> Callable<T> wrap(Callable<T> body) {
        wrapped.add(name);
        return body;
      }
    };
  }

  @Test
  void scopeInsideHasTheOuterContextAroundItsOwn() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withContext(noting("outer")))) {
      try (var inner = TaskScope.open(cf -> cf.withContext(noting("inner")))) {
        inner.fork(() -> "body");
        inner.join();
      }
      outer.join();
    }
    assertThat(wrapped).as("from the inside out").containsExactly("inner", "outer");
  }

  @Test
  void scopeThatASubtaskOpensHasTheContextOfThatSubtask() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withContext(noting("outer")))) {
      outer.fork(() -> {
        try (var middle = TaskScope.open()) {
          middle.fork(() -> Parallel.all(() -> "deep", () -> "deep too"));
          return middle.join();
        }
      });
      outer.join();
    }
    assertThat(wrapped).hasSize(4).containsOnly("outer");
  }

  @Test
  void contextThatIsSaidTwiceIsCarriedOnce() throws Exception {
    ContextPropagator same = noting("same");
    try (var outer = TaskScope.open(cf -> cf.withContext(same, noting("outer")));
        var inner = TaskScope.open(cf -> cf.withContext(noting("inner"), same))) {
      inner.fork(() -> "body");
      inner.join();
      outer.join();
    }
    assertThat(wrapped).containsExactly("inner", "outer", "same");
  }

  @Test
  void scopeBehindAClosedOneHasNothingOfIt() throws Exception {
    try (var before = TaskScope.open(cf -> cf.withContext(noting("before")))) {
      before.join();
    }
    Parallel.all(() -> "body");
    try (var around = TaskScope.open()) {
      try (var before = TaskScope.open(cf -> cf.withContext(noting("before")))) {
        before.join();
      }
      around.fork(() -> "body");
      around.join();
    }
    assertThat(wrapped).isEmpty();
  }

  @Test
  void anyDepthInheritsIt() throws Exception {
    int depth = 5_000;
    var open = new ArrayDeque<TaskScope<String, ?, ?>>();
    try (var outermost = TaskScope.<String>open(cf -> cf.withContext(noting("outermost")))) {
      for (int i = 0; i < depth; i++) {
        open.push(TaskScope.open());
      }
      TaskScope<String, ?, ?> innermost = open.element();
      Subtask<String> subtask = innermost.fork(() -> "bottom");
      innermost.join();
      assertThat(subtask.get()).isEqualTo("bottom");
      open.forEach(TaskScope::close);
      outermost.join();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    assertThat(wrapped).containsExactly("outermost");
  }

  @Test
  void parallelTakesAConfiguration() throws Exception {
    List<String> names =
        Parallel.all(
            cf -> cf.withName("offer").withContext(noting("all")),
            () -> Thread.currentThread().getName(),
            () -> Thread.currentThread().getName());
    assertThat(names).containsExactly("offer/1", "offer/2");
    assertThat(wrapped).containsExactly("all", "all");
    String any = Parallel.any(cf -> cf.withName("first"), () -> Thread.currentThread().getName());
    assertThat(any).isEqualTo("first/1");
    assertThat(Parallel.settle(cf -> cf.withName("each"), () -> Thread.currentThread().getName()))
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.orElseThrow()).isEqualTo("each/1"));
    assertThat(
            Parallel.map(
                List.of(1, 2),
                2,
                n -> n + " on " + Thread.currentThread().getName(),
                cf -> cf.withName("map")))
        .containsExactly("1 on map/1", "2 on map/2");
    assertThat(
            Parallel.map(
                List.of(1).stream(),
                2,
                n -> n + " on " + Thread.currentThread().getName(),
                cf -> cf.withName("stream")))
        .containsExactly("1 on stream/1");
  }

  @Test
  void timeoutOfAConfiguredParallelStopsItsTasks() throws Exception {
    HeldBody held = new HeldBody();
    assertThat(Parallel.settle(cf -> cf.withTimeout(Duration.ofMillis(1)), held))
        .singleElement()
        .isInstanceOf(dev.tandem.core.Outcome.Cancelled.class);
    assertThat(
            Parallel.<String>settle(List.of(() -> "in time"), cf -> cf.withConcurrency(1))
                .getFirst())
        .isInstanceOf(dev.tandem.core.Outcome.Success.class);
  }

  @Test
  void forksOfASubtaskIntoItsOwnScopeHaveTheContextOfThatScope() throws Exception {
    try (var scope =
        TaskScope.open(
            Joiner.<String>allSuccessfulOrThrow(), cf -> cf.withContext(noting("scope")))) {
      scope.fork(() -> {
        try (var inner = TaskScope.open(cf -> cf.withContext(noting("inner")))) {
          scope.fork(() -> "sibling"); // the context of the scope that it is forked in
          inner.join();
        }
        return "first";
      });
      scope.join();
    }
    assertThat(wrapped).containsExactly("scope", "scope");
  }
}
