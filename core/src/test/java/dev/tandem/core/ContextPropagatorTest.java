package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ContextPropagatorTest {
  private static final ScopedValue<String> TENANT = ScopedValue.newInstance();
  private static final ThreadLocal<String> LOCALE = new ThreadLocal<>();
  private static final ThreadLocal<String> ZONE = ThreadLocal.withInitial(() -> "UTC");

  @AfterEach
  void clear() {
    MDC.clear();
    LOCALE.remove();
    ZONE.remove();
  }

  @Nested
  class OfTheMdc {
    private final ContextPropagator mdc = ContextPropagator.mdc();

    @Test
    void arrivesOnAnotherThread() throws Exception {
      MDC.put("request", "r1");
      Callable<String> wrapped = mdc.wrap(() -> MDC.get("request"));
      assertThat(onNewThread(wrapped)).isEqualTo("r1");
    }

    @Test
    void isCapturedWhenWrappedAndNotWhenCalled() throws Exception {
      MDC.put("request", "r1");
      Callable<String> wrapped = mdc.wrap(() -> MDC.get("request"));
      MDC.put("request", "r2");
      assertThat(wrapped.call()).isEqualTo("r1");
      assertThat(MDC.get("request")).isEqualTo("r2");
    }

    @Test
    void anEmptyContextHidesWhatIsOnTheThread() throws Exception {
      Callable<String> wrapped = mdc.wrap(() -> MDC.get("request"));
      MDC.put("request", "of an earlier task");
      assertThat(wrapped.call()).isNull();
      assertThat(MDC.get("request")).isEqualTo("of an earlier task");
    }

    @Test
    void whatTheBodyPutsIsGoneAfterIt() throws Exception {
      MDC.put("request", "r1");
      Callable<Void> wrapped =
          mdc.wrap(() -> {
            assertThat(MDC.get("mine")).isNull();
            MDC.put("mine", "x");
            MDC.put("request", "changed");
            return null;
          });
      wrapped.call();
      wrapped.call(); // and the second call does not see what the first put
      assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("request").containsValue("r1");
    }

    @Test
    void isRestoredWhenTheBodyThrows() {
      Callable<String> wrapped = mdc.wrap(throwing());
      MDC.put("request", "r1");
      assertThatThrownBy(wrapped::call).isInstanceOf(IOException.class);
      assertThat(MDC.get("request")).isEqualTo("r1");
    }
  }

  @Nested
  class OfAScopedValue {
    private final ContextPropagator tenant = ContextPropagator.scopedValue(() -> TENANT);

    @Test
    void arrivesOnAnotherThread() throws Exception {
      Callable<String> wrapped =
          ScopedValue.where(TENANT, "acme").call(() -> tenant.wrap(TENANT::get));
      assertThat(TENANT.isBound()).isFalse();
      assertThat(onNewThread(wrapped)).isEqualTo("acme");
    }

    @Test
    void unboundStaysUnbound() throws Exception {
      assertThat(onNewThread(tenant.wrap(TENANT::isBound))).isFalse();
    }

    @Test
    void nullIsAValue() throws Exception {
      Callable<String> wrapped =
          ScopedValue.where(TENANT, null).call(() -> tenant.wrap(() -> "" + TENANT.get()));
      assertThat(onNewThread(wrapped)).isEqualTo("null");
    }

    @Test
    void theBodysCheckedExceptionPasses() throws Exception {
      Callable<String> wrapped =
          ScopedValue.where(TENANT, "acme").call(() -> tenant.wrap(throwing()));
      assertThatThrownBy(wrapped::call).isExactlyInstanceOf(IOException.class);
    }
  }

  @Nested
  class OfAThreadLocal {
    private final ContextPropagator locale = ContextPropagator.threadLocal(() -> LOCALE);
    private final ContextPropagator zone = ContextPropagator.threadLocal(() -> ZONE);

    @Test
    void arrivesOnAnotherThread() throws Exception {
      LOCALE.set("de");
      assertThat(onNewThread(locale.wrap(LOCALE::get))).isEqualTo("de");
    }

    @Test
    void isRestoredAfterTheBodyAlsoWhenItThrows() throws Exception {
      LOCALE.set("de");
      Callable<String> wrapped = locale.wrap(LOCALE::get);
      Callable<String> failing = locale.wrap(throwing());
      LOCALE.set("fr");
      assertThat(wrapped.call()).isEqualTo("de");
      assertThat(LOCALE.get()).isEqualTo("fr");
      assertThatThrownBy(failing::call).isInstanceOf(IOException.class);
      assertThat(LOCALE.get()).isEqualTo("fr");
    }

    @Test
    void anUnsetVariableHidesWhatIsOnTheThread() throws Exception {
      Callable<String> wrapped = locale.wrap(LOCALE::get);
      LOCALE.set("of an earlier task");
      assertThat(wrapped.call()).isNull();
      assertThat(LOCALE.get()).isEqualTo("of an earlier task");
    }

    @Test
    void whatTheBodySetsIsGoneAfterIt() throws Exception {
      Callable<Void> wrapped =
          locale.wrap(() -> {
            LOCALE.set("changed");
            return null;
          });
      wrapped.call();
      assertThat(LOCALE.get()).isNull();
    }

    @Test
    void anInitialValueIsAValue() throws Exception {
      Callable<String> wrapped = zone.wrap(ZONE::get);
      ZONE.set("CET");
      assertThat(wrapped.call()).isEqualTo("UTC");
      assertThat(ZONE.get()).isEqualTo("CET");
    }

    @Test
    void nullArrivesAlsoWhereTheVariableHasAnInitialValue() throws Exception {
      ZONE.set(null);
      assertThat(onNewThread(zone.wrap(() -> "" + ZONE.get()))).isEqualTo("null");
    }
  }

  @Test
  void aKeyIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> ContextPropagator.scopedValue(null))
        .withMessageContaining("key");
    assertThatNullPointerException()
        .isThrownBy(() -> ContextPropagator.threadLocal(null))
        .withMessageContaining("key");
  }

  @Test
  void aKeyThatCannotBeFoundIsSaidToTheSubmitter() {
    assertThatNullPointerException()
        .isThrownBy(() -> ContextPropagator.scopedValue(() -> null).wrap(() -> 1))
        .withMessage("key: gave null (expected: a ScopedValue)");
    assertThatNullPointerException()
        .isThrownBy(() -> ContextPropagator.threadLocal(() -> null).wrap(() -> 1))
        .withMessage("key: gave null (expected: a ThreadLocal)");
    IOException exception = new IOException("no such class");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> ContextPropagator.<String>scopedValue(failingKey(exception)).wrap(() -> 1))
        .withMessageContaining("key: could not find the ScopedValue")
        .withCause(exception);
  }

  private static <T> SerializableCallable<T> failingKey(IOException exception) {
    return () -> {
      throw exception;
    };
  }

  private static Callable<String> throwing() {
    return () -> {
      throw new IOException("no route");
    };
  }

  private static <T> T onNewThread(Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    Thread.ofPlatform().name("other").start(task);
    return task.get();
  }
}
