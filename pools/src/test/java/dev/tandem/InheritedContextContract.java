package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/// A context that is said once reaches whatever is submitted, mapped, forked or opened in it.
interface InheritedContextContract extends ExecutorFixture {
  ScopedValue<Object> USER = ScopedValue.newInstance();
  ThreadLocal<Object> ZONE = new ThreadLocal<>();
  String SEEN = "r1 eve berlin";
  String NOTHING = "null null null";

  @AfterEach
  default void clearContextAgain() {
    MDC.clear();
    ZONE.remove();
  }

  @Test
  default void whatTheOwnerOfAScopeSubmitsHasTheContextOfTheScope() throws Exception {
    TaskExecutor executor = create();
    List<String> seen =
        asEve(() -> {
          try (var scope = TaskScope.open(cf -> cf.withContext(all()))) {
            List<String> all = everyWay(executor);
            scope.join();
            return all;
          }
        });
    assertThat(seen).isNotEmpty().allMatch(SEEN::equals);
    assertThat(asEve(() -> everyWay(executor)))
        .as("after the scope")
        .isNotEmpty()
        .allMatch(all -> all.equals(runsInCaller() ? SEEN : NOTHING));
  }

  @Test
  default void whatASubtaskSubmitsHasTheContextOfTheScope() throws Exception {
    TaskExecutor executor = create();
    List<String> seen =
        asEve(() -> {
          try (var scope =
              TaskScope.open(
                  Joiner.<List<String>>allSuccessfulOrThrow(), cf -> cf.withContext(all()))) {
            scope.fork(() -> everyWay(executor));
            return scope.join().getFirst();
          }
        });
    assertThat(seen).isNotEmpty().allMatch(SEEN::equals);
  }

  @Test
  default void whatIsForkedOnAnExecutorHasTheContextOfTheScope() throws Exception {
    TaskExecutor executor = create();
    String seen =
        asEve(() -> {
          try (var scope = TaskScope.<String>open(cf -> cf.withContext(all()))) {
            Subtask<String> subtask = scope.forkOn(executor, () -> contextHere());
            scope.join();
            return subtask.get();
          }
        });
    assertThat(seen).isEqualTo(SEEN);
  }

  @Test
  default void whatATaskOpensHasTheContextOfItsExecutor() throws Exception {
    TaskExecutor executor = create(InheritedContextContract::carryAll);
    SerializableCallable<List<String>> body =
        () ->
            Parallel.all(
                () -> contextHere(),
                () -> Parallel.all(() -> contextHere()).getFirst(),
                () -> {
                  try (TaskExecutor inner = Tandem.newThreadPool(1)) {
                    return inner.submit(() -> contextHere()).get();
                  }
                });
    assertThat(asEve(() -> soon(executor.submit(body)))).containsExactly(SEEN, SEEN, SEEN);
    assertThat(asEve(() -> executor.map(List.of(1), _ -> body.call()).toList()).getFirst())
        .as("in a map")
        .containsExactly(SEEN, SEEN, SEEN);
  }

  @Test
  default void aTaskSubmittedInATaskHasTheContextOfBothExecutors() throws Exception {
    needs(Need.SAME_JVM, Need.BACKGROUND);
    TaskExecutor outer = create(cf -> cf.withContext(ContextPropagator.mdc()));
    TaskExecutor inner = create(cf -> cf.withContext(ContextPropagator.threadLocal(() -> ZONE)));
    MDC.put("request", "r1");
    String seen =
        soon(
            outer.submit(() -> {
              ZONE.set("paris");
              return soon(inner.submit(() -> contextHere()));
            }));
    assertThat(seen).isEqualTo("r1 null paris");
  }

  @Test
  default void aPropagatorThatIsSaidTwiceWrapsOnce() throws Exception {
    needs(Need.SAME_JVM);
    AtomicInteger wraps = new AtomicInteger();
    ContextPropagator counting =
        new ContextPropagator() {
          @Override
          public <T> Callable<T> wrap(Callable<T> body) {
            wraps.incrementAndGet();
            return body;
          }
        };
    TaskExecutor executor = create(cf -> cf.withContext(counting));
    try (var scope = TaskScope.open(cf -> cf.withContext(counting))) {
      assertThat(soon(executor.submit(() -> "done"))).isEqualTo("done");
      scope.join();
    }
    assertThat(wraps).hasValue(1);
  }

  @Test
  default void whatCannotBeSentIsInheritedByThreadsOnly() throws Exception {
    TaskExecutor executor = create();
    MDC.put("request", "r1");
    ZONE.set(new Object());
    Object user = new Object();
    ContextPropagator notSent = new OnThreadsOnly();
    String seen =
        ScopedValue.where(USER, user)
            .call(() -> {
              try (var scope =
                  TaskScope.<String>open(cf -> cf.withContext(all()).withContext(notSent))) {
                Subtask<String> subtask =
                    scope.forkOn(
                        executor, () -> MDC.get("request") + USER.isBound() + (ZONE.get() != null));
                scope.join();
                return subtask.get();
              }
            });
    boolean same = lacks(Need.SAME_JVM).isEmpty();
    assertThat(seen).isEqualTo(same ? "r1truetrue" : "r1falsefalse");
  }

  /// Its class says that it can be sent, and what it carries cannot.
  @Test
  default void whatOnlyLooksAsIfItCouldBeSentIsInheritedByThreadsOnly() throws Exception {
    TaskExecutor executor = create();
    ZONE.set(new ArrayList<>(List.of(new Object())));
    boolean same = lacks(Need.SAME_JVM).isEmpty();
    String expected = same ? "true/true" : "false/false";
    try (var scope =
        TaskScope.<String>open(cf ->
            cf.withContext(ContextPropagator.threadLocal(() -> ZONE))
                .withContext(new SeemsSendable()))) {
      Subtask<String> subtask = scope.forkOn(executor, () -> zoneAndMark());
      scope.join();
      assertThat(subtask.get()).isEqualTo(expected);
      assertThat(executor.map(List.of(1), _ -> zoneAndMark()).toList()).containsExactly(expected);
    }
  }

  private static String zoneAndMark() {
    return (ZONE.get() != null) + "/" + SeemsSendable.MARK.isBound();
  }

  /// Carries an object that cannot be serialized in a body that says it could.
  final class SeemsSendable implements ContextPropagator, Serializable {
    static final ScopedValue<Object> MARK = ScopedValue.newInstance();

    @Override
    public <T> Callable<T> wrap(Callable<T> body) {
      Object session = new Object();
      return (SerializableCallable<T>) () -> ScopedValue.where(MARK, session).call(body::call);
    }
  }

  @Test
  default void whatAPropagatorSubmitsHasNoContext() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    List<String> seen = new CopyOnWriteArrayList<>();
    ContextPropagator asking =
        new ContextPropagator() {
          @Override
          public <T> Callable<T> wrap(Callable<T> body) {
            try {
              seen.add(soon(executor.submit(() -> contextHere())));
              seen.addAll(Parallel.all(() -> contextHere()));
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            return body;
          }
        };
    asEve(() -> {
      try (var scope = TaskScope.open(cf -> cf.withContext(all()).withContext(asking))) {
        soon(executor.submit(() -> "done"));
        scope.join();
      }
      return null;
    });
    assertThat(seen).hasSize(2).last().isEqualTo(NOTHING);
    assertThat(seen).first().isEqualTo(runsInCaller() ? SEEN : NOTHING);
  }

  @Test
  default void aBodyThatSetsAnotherHandlerForItsThreadKeepsItsContext() throws Exception {
    TaskExecutor executor = create();
    List<String> seen =
        asEve(() -> {
          try (var scope =
              TaskScope.open(
                  Joiner.<List<String>>allSuccessfulOrThrow(), cf -> cf.withContext(all()))) {
            scope.fork(() -> {
              Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
              return everyWay(executor);
            });
            return scope.join().getFirst();
          }
        });
    assertThat(seen).isNotEmpty().allMatch(SEEN::equals);
  }

  @Test
  default void propagatorsOfOneKeyAreOne() {
    assertThat(all()).containsExactly(all()).isEqualTo(all());
    assertThat(all()[1].hashCode()).isEqualTo(all()[1].hashCode());
    assertThat(all()[2].hashCode()).isEqualTo(all()[2].hashCode());
    assertThat(all()[1]).isNotEqualTo(ContextPropagator.scopedValue(() -> SeemsSendable.MARK));
    assertThat(all()[2]).isNotEqualTo(ContextPropagator.threadLocal(ThreadLocal::new));
  }

  /// A context that means nothing in another JVM.
  final class OnThreadsOnly implements ContextPropagator {
    @Override
    public <T> Callable<T> wrap(Callable<T> body) {
      Object here = new Object();
      return () -> {
        assertThat(here).isNotNull();
        return body.call();
      };
    }
  }

  /// {@return what a body sees that was handed to the executor, in each way there is}
  private static List<String> everyWay(TaskExecutor executor) throws Exception {
    SerializableCallable<String> body = () -> contextHere();
    List<String> all = new ArrayList<>();
    all.add(soon(executor.submit(body)));
    all.add(soon(executor.submit(Task.of("named", body))));
    for (Future<String> each : executor.invokeAll(List.of(body))) {
      all.add(soon(each));
    }
    all.addAll(executor.map(List.of(1, 2), _ -> contextHere()).toList());
    executor
        .mapSettled(List.of(1), _ -> contextHere())
        .forEach(each -> all.add(each.outcome().orElseThrow()));
    return all;
  }

  private static <T> T asEve(Callable<T> action) throws Exception {
    MDC.put("request", "r1");
    ZONE.set("berlin");
    return ScopedValue.where(USER, "eve").call(action::call);
  }

  private static ContextPropagator[] all() {
    return new ContextPropagator[] {
      ContextPropagator.mdc(),
      ContextPropagator.scopedValue(() -> USER),
      ContextPropagator.threadLocal(() -> ZONE)
    };
  }

  private static ThreadConfig carryAll(ThreadConfig cf) {
    return cf.withContext(all());
  }

  private static String contextHere() {
    return MDC.get("request") + " " + (USER.isBound() ? USER.get() : null) + " " + ZONE.get();
  }
}
