package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tandem.core.ContextPropagator;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/// What is carried from the forking thread to the subtask.
interface ContextContract extends ScopeFixture {
  ScopedValue<String> VALUE = ScopedValue.newInstance();
  ThreadLocal<String> LOCAL = new ThreadLocal<>();

  @Test
  default void scopedValueIsCarriedIfItIsNamed() throws Exception {
    ScopedValue.where(VALUE, "carried")
        .call(() -> {
          try (var scope = open(cf -> cf.withContext(ContextPropagator.scopedValue(() -> VALUE)))) {
            Subtask<String> subtask = scope.fork(VALUE::get);
            scope.join();
            assertThat(subtask.get()).isEqualTo("carried");
          }
          try (var scope = open()) {
            Subtask<Boolean> subtask = scope.fork(VALUE::isBound);
            scope.join();
            assertThat(subtask.get()).isFalse();
          }
          return null;
        });
  }

  @Test
  default void contextIsThatOfTheForkAlsoForWhatStartsLater() throws Exception {
    HeldBody first = new HeldBody();
    try (var scope =
        open(
            Joiner.<String>allSuccessfulOrThrow(),
            cf ->
                cf.withContext(
                    ContextPropagator.threadLocal(() -> LOCAL), ContextPropagator.mdc()))) {
      scope.fork(first);
      for (int i = 0; i < 10; i++) {
        LOCAL.set("fork " + i);
        MDC.put("n", "mdc " + i);
        scope.fork(() -> {
          String seen = LOCAL.get() + ", " + MDC.get("n");
          LOCAL.set("a sibling's");
          return seen;
        });
      }
      LOCAL.set("after");
      MDC.clear();
      first.release();
      List<String> expected = new ArrayList<>(List.of(HeldBody.RESULT));
      for (int i = 0; i < 10; i++) {
        expected.add("fork " + i + ", mdc " + i);
      }
      assertThat(scope.join()).isEqualTo(expected);
    } finally {
      LOCAL.remove();
    }
  }

  @Test
  default void contextOfAForkByASubtaskIsTheSubtasks() throws Exception {
    try (var scope =
        open(
            Joiner.<String>allSuccessfulOrThrow(),
            cf -> cf.withContext(ContextPropagator.threadLocal(() -> LOCAL)))) {
      LOCAL.set("the owner's");
      scope.fork(() -> {
        LOCAL.set("the child's");
        scope.fork(() -> LOCAL.get());
        return LOCAL.get();
      });
      assertThat(scope.join()).containsExactly("the child's", "the child's");
    } finally {
      LOCAL.remove();
    }
  }

  @Test
  default void firstIsTheOutermostAndLaterOnesAreAdded() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (var scope =
        open(cf ->
            cf.withContext(noting("a", seen), noting("b", seen)).withContext(noting("c", seen)))) {
      scope.fork(() -> "body");
      scope.join();
    }
    assertThat(seen).containsExactly("a", "b", "c");
  }

  private static ContextPropagator noting(String name, List<String> seen) {
    return new ContextPropagator() {
      @Override
      public <T> Callable<T> wrap(Callable<T> body) {
        return () -> {
          seen.add(name);
          return body.call();
        };
      }
    };
  }

  /// As the JDK's: that of the forking thread, although nothing else is inherited.
  @Test
  default void contextClassLoaderIsThatOfTheForkAlsoInCallbacks() throws Exception {
    Thread owner = Thread.currentThread();
    ClassLoader before = owner.getContextClassLoader();
    List<ClassLoader> seen = new CopyOnWriteArrayList<>();
    Joiner<ClassLoader, Void, RuntimeException> joiner =
        new Joiner<>() {
          @Override
          public boolean onComplete(Subtask<ClassLoader> s) {
            seen.add(Thread.currentThread().getContextClassLoader());
            return false;
          }

          @Override
          public Void result() {
            return null;
          }

          @Override
          public Void timeout() {
            return null;
          }
        };
    ClassLoader owners = new ClassLoader() {};
    ClassLoader childs = new ClassLoader() {};
    try (var scope = open(joiner)) {
      owner.setContextClassLoader(owners);
      Subtask<ClassLoader> first = scope.fork(() -> Thread.currentThread().getContextClassLoader());
      HeldBody.awaitEnd(first);
      owner.setContextClassLoader(null);
      Subtask<ClassLoader> none = scope.fork(() -> Thread.currentThread().getContextClassLoader());
      HeldBody.awaitEnd(none);
      owner.setContextClassLoader(before);
      scope.fork(() -> {
        Thread.currentThread().setContextClassLoader(childs);
        return scope.fork(() -> Thread.currentThread().getContextClassLoader()) == null
            ? null
            : childs;
      });
      scope.join();
      assertThat(first.get()).isSameAs(owners);
      assertThat(none.get()).isNull();
    } finally {
      owner.setContextClassLoader(before);
    }
    assertThat(seen).containsExactlyInAnyOrder(owners, null, childs, childs);
  }

  @Test
  default void propagatorThatThrowsLeavesForkAndTheScopeWorks() throws Exception {
    IllegalStateException own = new IllegalStateException("the propagator's own");
    ContextPropagator broken =
        new ContextPropagator() {
          private int count;

          @Override
          public <T> Callable<T> wrap(Callable<T> body) {
            if (count++ == 0) {
              throw own;
            }
            return body;
          }
        };
    try (var scope = open(cf -> cf.withContext(broken))) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> scope.fork(() -> "never")))
          .isSameAs(own);
      Subtask<String> second = scope.fork(() -> "second");
      scope.join();
      assertThat(second.get()).isEqualTo("second");
    }
  }

  @Test
  default void nullContextIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> open(cf -> cf.withContext((ContextPropagator) null)))
        .withMessage("context: null (expected: not null)");
    assertThatNullPointerException()
        .isThrownBy(() -> open(cf -> cf.withContext((ContextPropagator[]) null)))
        .withMessage("context: null (expected: not null)");
  }
}
