package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.MapConfig;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableConsumer;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Bad input gives an exception that names the argument, its value and what was expected.
interface BadInputContract extends ExecutorFixture {
  @Test
  default void aNullBodyOrTaskIsRefused() {
    TaskExecutor executor = create();
    isNull("body", () -> executor.submit((SerializableCallable<String>) null));
    isNull("body", () -> executor.submit((SerializableRunnable) null));
    isNull("task", () -> executor.submit((Task<String>) null));
    isNull("task", () -> executor.submit((Task<String>) null, new TaskListener() {}));
    isNull("listener", () -> executor.submit(Task.of("load", () -> 1), null));
    isNull("body", () -> executor.execute((SerializableRunnable) null));
    assertThat(executor.stats().submitted()).isZero();
  }

  @Test
  default void nullArgumentsOfTheJdksMethodsAreRefusedWithAMessage() {
    TaskExecutor executor = create();
    isNull("", () -> executor.submit((Callable<String>) null));
    isNull("", () -> executor.submit((Runnable) null));
    isNull("", () -> executor.submit((Runnable) null, "result"));
    isNull("", () -> executor.execute((Runnable) null));
    isNull("", () -> executor.awaitTermination(1, (TimeUnit) null));
    assertThat(executor.stats().submitted()).isZero();
  }

  @Test
  default void aNullArgumentOfMapIsRefusedWhenMapIsCalled() {
    TaskExecutor executor = create();
    SerializableFunction<Integer, Integer> fn = n -> n;
    SerializableConsumer<Integer> action = _ -> {};
    isNull("inputs", () -> executor.map((Iterable<Integer>) null, fn).close());
    isNull("fn", () -> executor.map(numbers(1), (SerializableFunction<Integer, ?>) null).close());
    isNull("cf", () -> executor.map(numbers(1), fn, null).close());
    isNull("inputs", () -> executor.mapSettled((Iterable<Integer>) null, fn).close());
    isNull(
        "fn",
        () -> executor.mapSettled(numbers(1), (SerializableFunction<Integer, ?>) null).close());
    isNull("inputs", () -> executor.forEach((Iterable<Integer>) null, action));
    isNull("action", () -> executor.forEach(numbers(1), null));
    isNull("cf", () -> executor.forEach(numbers(1), action, null));
  }

  @Test
  default void badMapConfigurationIsRefusedWhenMapIsCalled() {
    isBadForMap("concurrency: 0", c -> c.withConcurrency(0));
    isBadForMap("concurrency: -2", c -> c.withConcurrency(-2));
    isBadForMap("buffer: -1", c -> c.withBuffer(-1));
    isBadForMap("chunkSize: 0", c -> c.withChunkSize(0));
    isBadForMap("timeout: PT0S", c -> c.withTimeout(Duration.ZERO));
    isBadForMap("timeout: PT-2S", c -> c.withTimeout(Duration.ofSeconds(-2)));
    TaskExecutor executor = create();
    isNull("timeout", () -> executor.map(numbers(1), n -> n, c -> c.withTimeout(null)).close());
    isNull("progress", () -> executor.map(numbers(1), n -> n, c -> c.withProgress(null)).close());
    isBad("cf: returned null", () -> executor.map(numbers(1), n -> n, _ -> null).close());
  }

  @Test
  default void generousLimitsOfMapCostNothing() {
    TaskExecutor executor = create();
    UnaryOperator<MapConfig> generous =
        c -> c.withConcurrency(100_000).withBuffer(1_000_000).withChunkSize(10_000);
    assertThat(executor.map(numbers(2_000), n -> n, generous).toList()).isEqualTo(numbers(2_000));
  }

  @Test
  default void aBlankOrNullNameIsRefused() {
    isBad("name: \" \"", () -> create(cf -> cf.withName(" ")));
    isBad("name: \"\"", () -> create(cf -> cf.withName("")));
    isNull("name", () -> create(cf -> cf.withName(null)));
  }

  @Test
  default void badLimitsOfAnExecutorAreRefused() {
    isBad("timeout: PT0S", () -> create(cf -> cf.withTimeout(Duration.ZERO)));
    isBad("timeout: PT-1S", () -> create(cf -> cf.withTimeout(Duration.ofSeconds(-1))));
    isBad("grace: PT-1S", () -> create(cf -> cf.withGrace(Duration.ofSeconds(-1))));
    isBad("closeTimeout: PT-1S", () -> create(cf -> cf.withCloseTimeout(Duration.ofSeconds(-1))));
    isNull("timeout", () -> create(cf -> cf.withTimeout(null)));
    isNull("grace", () -> create(cf -> cf.withGrace(null)));
    isNull("closeTimeout", () -> create(cf -> cf.withCloseTimeout(null)));
  }

  @Test
  default void nullContextOrListenerIsRefused() {
    isNull("listener", () -> create(cf -> cf.withListener(null)));
    isNull("context", () -> create(cf -> cf.withContext((ContextPropagator[]) null)));
    isNull("context", () -> create(cf -> cf.withContext(ContextPropagator.mdc(), null)));
  }

  @Test
  default void aConfigurationIsImmutable() throws Exception {
    ThreadConfig[] base = new ThreadConfig[1];
    TaskExecutor executor =
        create(cf -> {
          base[0] = cf.withName("kept");
          ThreadConfig dropped = base[0].withName("dropped").withTimeout(Duration.ofMillis(1));
          assertThat(dropped).isNotSameAs(base[0]);
          return base[0];
        });
    assertThat(executor.stats().name()).isEqualTo("kept");
  }

  @Test
  default void aBadWaitOfCloseIsRefusedAndClosesNothing() throws Exception {
    TaskExecutor executor = create();
    isNull("wait", () -> executor.close(null));
    isBad("wait: PT-1S", () -> executor.close(Duration.ofSeconds(-1)));
    assertThat(executor.isShutdown()).isFalse();
    assertThat(Caller.soon(executor.submit(() -> "works"))).isEqualTo("works");
  }

  private void isBadForMap(String argumentAndValue, UnaryOperator<MapConfig> cf) {
    TaskExecutor executor = create();
    isBad(argumentAndValue, () -> executor.map(numbers(1), n -> n, cf).close());
    isBad(argumentAndValue, () -> executor.mapSettled(numbers(1), n -> n, cf).close());
    isBad(argumentAndValue, () -> executor.forEach(numbers(1), _ -> {}, cf));
  }

  private static void isBad(String argumentAndValue, ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageContaining(argumentAndValue)
        .withMessageContaining("(expected: ");
  }

  private static void isNull(String argument, ThrowingCallable call) {
    assertThatNullPointerException()
        .isThrownBy(call)
        .satisfies(e ->
            assertThat(e.getMessage())
                .startsWith(argument)
                .endsWith(": null (expected: not null)"));
  }
}
