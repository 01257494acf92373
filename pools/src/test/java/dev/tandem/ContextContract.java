package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.testing.Caller;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/// Context arrives in tasks and stays out of those that it does not belong to.
interface ContextContract extends ExecutorFixture {
  ScopedValue<String> TENANT = ScopedValue.newInstance();
  ThreadLocal<String> LOCALE = new ThreadLocal<>();

  /// Carries everything that these tests set.
  private static ThreadConfig carryAll(ThreadConfig cf) {
    return cf.withContext(
        ContextPropagator.mdc(),
        ContextPropagator.scopedValue(() -> TENANT),
        ContextPropagator.threadLocal(() -> LOCALE));
  }

  @AfterEach
  default void clearContext() {
    MDC.clear();
    LOCALE.remove();
  }

  @Test
  default void contextArrivesInASubmittedBody() throws Exception {
    TaskExecutor executor = create(ContextContract::carryAll);
    setContext("r1");
    assertThat(
            ScopedValue.where(TENANT, "acme")
                .call(() -> soon(executor.submit(() -> contextHere()))))
        .isEqualTo("r1 acme r1");
    SerializableCallable<String> callable = ContextContract::contextHere;
    assertThat(soon(executor.submit(callable))).isEqualTo("r1 null r1");
    assertThat(soon(executor.submit(Task.of("load", () -> contextHere())))).isEqualTo("r1 null r1");
  }

  @Test
  default void contextArrivesInAnExecutedBody() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create(ContextContract::carryAll);
    setContext("r1");
    CompletableFuture<String> seen = new CompletableFuture<>();
    Runnable body = () -> seen.complete(contextHere());
    ScopedValue.where(TENANT, "acme").run(() -> executor.execute(body));
    assertThat(soon(seen)).isEqualTo("r1 acme r1");
  }

  @Test
  default void contextArrivesInInvokeAll() throws Exception {
    TaskExecutor executor = create(ContextContract::carryAll);
    setContext("r1");
    SerializableCallable<String> body = ContextContract::contextHere;
    for (var future : executor.invokeAll(List.of(body, body))) {
      assertThat(soon(future)).isEqualTo("r1 null r1");
    }
    assertThat(executor.invokeAny(List.of(body))).isEqualTo("r1 null r1");
  }

  @Test
  default void aMapHasTheContextOfTheThreadThatCalledMap() throws Exception {
    TaskExecutor executor = create(ContextContract::carryAll);
    setContext("r1");
    Stream<String> results =
        ScopedValue.where(TENANT, "acme")
            .call(() -> executor.map(numbers(500), _ -> contextHere(), c -> c.withConcurrency(2)));
    Caller<List<String>> consumer =
        Caller.start(() -> {
          setContext("the consumer's");
          return results.toList();
        });
    assertThat(consumer.result()).isEqualTo(Collections.nCopies(500, "r1 acme r1"));
  }

  @Test
  default void contextIsCapturedWhenSubmitting() throws Exception {
    TaskExecutor executor = createSingle(ContextContract::carryAll);
    HeldTask blocker = new HeldTask();
    var _ = executor.submit(blocker);
    blocker.awaitStarted();
    setContext("r1");
    var first = executor.submit(() -> contextHere());
    setContext("r2");
    var second = executor.submit(() -> contextHere());
    clearContext();
    var third = executor.submit(() -> contextHere());
    blocker.release();
    assertThat(soon(first)).isEqualTo("r1 null r1");
    assertThat(soon(second)).isEqualTo("r2 null r2");
    assertThat(soon(third)).isEqualTo("null null null");
  }

  @Test
  default void contextDoesNotReachTheNextTask() throws Exception {
    TaskExecutor executor = create(ContextContract::carryAll);
    for (int n = 0; n < 50; n++) { // so that every thread of a pool has had a task with context
      setContext("r" + n);
      assertThat(soon(executor.submit(() -> contextHere()))).isEqualTo("r%d null r%d", n, n);
      clearContext();
      assertThat(soon(executor.submit(() -> contextHere()))).isEqualTo("null null null");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void whatABodySetsDoesNotReachTheNextTask(boolean fails) throws Exception {
    TaskExecutor executor = createSingle(ContextContract::carryAll);
    var set =
        executor.submit(() -> {
          setContext("left behind");
          if (fails) {
            throw new IllegalStateException("no route");
          }
        });
    if (fails) {
      assertThatThrownBy(() -> soon(set)).isInstanceOf(ExecutionException.class);
    } else {
      var _ = soon(set);
    }
    assertThat(soon(executor.submit(() -> contextHere()))).isEqualTo("null null null");
  }

  @Test
  default void theMdcThatABodySetsDoesNotReachTheNextTaskWithoutPropagatorsEither()
      throws Exception {
    TaskExecutor executor = createSingle();
    var _ = soon(executor.submit(Task.of("put", () -> MDC.put("other", "x"))));
    Map<String, String> next = soon(executor.submit(() -> MDC.getCopyOfContextMap()));
    assertThat(next == null || !next.containsKey("task")).as("the name of the last task").isTrue();
  }

  @Test
  default void whatABodySetsDoesNotReachTheNextInputOfAMap() {
    TaskExecutor executor = create(ContextContract::carryAll);
    setContext("r1");
    List<String> seen =
        executor
            .map(
                numbers(500),
                n -> {
                  String here = contextHere();
                  setContext("left behind by " + n);
                  MDC.put("more", "x");
                  return here + " " + MDC.getCopyOfContextMap().containsKey("less");
                },
                c -> c.withConcurrency(2))
            .toList();
    assertThat(seen).isEqualTo(Collections.nCopies(500, "r1 null r1 false"));
    assertThat(MDC.getCopyOfContextMap()).containsExactly(Map.entry("request", "r1"));
    assertThat(LOCALE.get()).isEqualTo("r1");
  }

  @Test
  default void theSubmittersOwnContextStaysAsItIs() throws Exception {
    TaskExecutor executor = create(ContextContract::carryAll);
    setContext("r1");
    var _ =
        soon(
            executor.submit(() -> {
              setContext("the task's");
              MDC.put("more", "x");
            }));
    assertThat(contextHere()).isEqualTo("r1 null r1");
    assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("request");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void theNameOfATaskIsInTheMdcWhileItsBodyRuns(boolean propagates) throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create(cf -> propagates ? cf.withContext(ContextPropagator.mdc()) : cf);
    MDC.put("request", "r1");
    for (int n = 0; n < 20; n++) {
      Task<String> named = Task.of("load-" + n, () -> MDC.get("task"));
      assertThat(soon(executor.submit(named))).isEqualTo("load-" + n);
      assertThat(soon(executor.submit(() -> MDC.get("task")))).isNull();
      assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("request");
    }
  }

  @Test
  default void aNamedTaskInsideANamedTaskGivesTheOuterNameBack() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create(cf -> cf.withContext(ContextPropagator.mdc()));
    Task<String> outer =
        Task.of(
            "outer",
            () -> {
              String inner = soon(executor.submit(Task.of("inner", () -> MDC.get("task"))));
              return inner + " in " + MDC.get("task");
            });
    assertThat(soon(executor.submit(outer))).isEqualTo("inner in outer");
  }

  @Test
  default void aPropagatorThatThrowsRefusesTheTaskAndNothingElse() throws Exception {
    ContextPropagator broken =
        new ContextPropagator() {
          @Override
          public <T> Callable<T> wrap(Callable<T> body) {
            if (LOCALE.get() != null) {
              throw new IllegalStateException("cannot capture");
            }
            return body;
          }
        };
    TaskExecutor executor = create(cf -> cf.withContext(broken));
    LOCALE.set("de");
    assertThatThrownBy(() -> executor.submit(() -> 1)).hasMessage("cannot capture");
    LOCALE.remove();
    assertThat(soon(executor.submit(() -> 2))).isEqualTo(2);
    executor.close();
  }

  private static void setContext(String value) {
    MDC.put("request", value);
    LOCALE.set(value);
  }

  private static String contextHere() {
    return MDC.get("request") + " " + (TENANT.isBound() ? TENANT.get() : null) + " " + LOCALE.get();
  }
}
