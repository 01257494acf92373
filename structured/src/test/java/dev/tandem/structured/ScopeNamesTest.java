package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.NothingLeft;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Names of threads, and the dump of the live tree.
class ScopeNamesTest {
  @RegisterExtension final NothingLeft scopes = new NothingLeft(TaskScope::dump);

  private static String threadName() {
    return Thread.currentThread().getName();
  }

  @Test
  void withoutNamesThreadsHaveNone() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(ScopeNamesTest::threadName);
      assertThat(scope.join()).containsExactly("");
      assertThat(scope).hasToString("scope");
    }
  }

  @Test
  void withoutNamesNothingInsideHasOneEither() throws Exception {
    assertThat(Parallel.all(() -> Parallel.all(ScopeNamesTest::threadName).getFirst()))
        .containsExactly("");
  }

  @Test
  void namesSpellTheTree() throws Exception {
    try (var scope =
        TaskScope.open(Joiner.<String>allSuccessfulOrThrow(), cf -> cf.withName("checkout"))) {
      assertThat(scope).hasToString("scope checkout");
      scope.fork(ScopeNamesTest::threadName);
      scope.fork("price", ScopeNamesTest::threadName);
      scope.fork(
          "stock",
          () -> {
            try (var inner =
                TaskScope.open(
                    Joiner.<String>allSuccessfulOrThrow(), cf -> cf.withName("shelves"))) {
              inner.fork(ScopeNamesTest::threadName);
              inner.fork("left", ScopeNamesTest::threadName);
              return String.join(" ", inner.join());
            }
          });
      assertThat(scope.join())
          .containsExactly(
              "checkout/1",
              "checkout/price-2",
              "checkout/stock-3/shelves/1 checkout/stock-3/shelves/left-2");
    }
  }

  @Test
  void namedSubtaskOfAScopeWithoutANameNamesItsThread() throws Exception {
    try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork("price", ScopeNamesTest::threadName);
      assertThat(scope.join()).containsExactly("price-1");
    }
  }

  @Test
  void nameThatTheFactoryGivesIsKept() throws Exception {
    ThreadFactory named = Thread.ofPlatform().daemon().name("mine-", 0).factory();
    ThreadFactory unnamed = Thread.ofVirtual().factory();
    for (ThreadFactory factory : new ThreadFactory[] {named, unnamed}) {
      try (var scope =
          TaskScope.open(
              Joiner.<String>allSuccessfulOrThrow(),
              cf -> cf.withName("scope").withThreadFactory(factory))) {
        scope.fork("x", ScopeNamesTest::threadName);
        assertThat(scope.join()).containsExactly(factory == named ? "mine-0" : "scope/x-1");
      }
    }
  }

  @Test
  void dumpShowsTheTreeWithOwnersStatesAndAges() throws Exception {
    HeldBody running = new HeldBody();
    HeldBody deep = new HeldBody();
    HeldBody stubborn = HeldBody.stubborn();
    try (var scope = TaskScope.open(cf -> cf.withName("gate").withConcurrency(3))) {
      Subtask<String> done = scope.fork("done", () -> "done");
      HeldBody.awaitEnd(done);
      scope.fork("running", running);
      scope.fork(
          "outer",
          () -> {
            try (var inner = TaskScope.open(cf -> cf.withName("inner"))) {
              inner.fork("deep", deep);
              inner.join();
            }
          });
      scope.fork("stubborn", stubborn);
      scope.fork("waiting", () -> "waits");
      running.awaitStarted();
      deep.awaitStarted();
      stubborn.awaitStarted();

      assertThat(TaskScope.dump()).matches("(?s)Tandem: [1-9]\\d* live scope trees\\R.*");
      // an earlier test that failed may have left another tree
      assertThat(
              TaskScope.dump()
                  .lines()
                  .dropWhile(line -> !line.startsWith("scope gate,"))
                  .limit(7)
                  .map(line -> line.replaceAll("PT[0-9.]+S", "AGE")))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("scope gate, owned by " + Thread.currentThread())
                      .endsWith("open for AGE, 4 of 5 subtasks unfinished"),
              line -> assertThat(line).isEqualTo("  Subtask[gate/waiting-5, not started]"),
              line -> assertThat(line).isEqualTo("  Subtask[gate/stubborn-4, running], for AGE"),
              line -> assertThat(line).isEqualTo("  Subtask[gate/outer-3, running], for AGE"),
              line ->
                  assertThat(line)
                      .startsWith("    scope gate/outer-3/inner, owned by VirtualThread")
                      .endsWith("1 of 1 subtasks unfinished"),
              line ->
                  assertThat(line)
                      .isEqualTo("      Subtask[gate/outer-3/inner/deep-1, running], for AGE"),
              line -> assertThat(line).isEqualTo("  Subtask[gate/running-2, running], for AGE"));

      scope.cancel();
      assertThat(TaskScope.dump())
          .contains("cancelled: cancel() was called", "Subtask[gate/stubborn-4, told to stop]")
          .doesNotContain("waiting-5");
      assertThat(catchThrowable(scope::join)).isInstanceOf(CancellationException.class);
      stubborn.release();
    }
    assertThat(TaskScope.dump()).doesNotContain("gate");
  }

  @Test
  void dumpOfAWideScopeIsShort() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = TaskScope.open(cf -> cf.withName("wide"))) {
      for (int i = 0; i < 500; i++) {
        scope.fork(body);
      }
      assertThat(TaskScope.dump().lines())
          .hasSizeLessThan(120)
          .anyMatch(l -> l.contains("400 more"));
      body.release();
      scope.join();
    }
  }

  @Test
  void configurationRefusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskScope.open(cf -> cf.withName(" ")))
        .withMessage("name: \" \" (expected: a name that is not blank)");
    assertThatNullPointerException()
        .isThrownBy(() -> TaskScope.open(cf -> cf.withName(null)))
        .withMessage("name: null (expected: not null)");
    assertThatNullPointerException()
        .isThrownBy(() -> TaskScope.open(cf -> cf.withTimeout(null)))
        .withMessageContaining("timeout");
    assertThatNullPointerException()
        .isThrownBy(() -> TaskScope.open(cf -> cf.withThreadFactory(null)))
        .withMessage("threadFactory: null (expected: not null)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskScope.open(_ -> null))
        .withMessageContaining("cf: returned null");
  }
}
