package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskTest {
  private final Task<Integer> task = Task.of("answer", () -> 42);

  @Test
  void holdsWhatItWasGiven() throws Exception {
    Task<Integer> changed =
        task.withTimeout(Duration.ofSeconds(2)).withGrace(Duration.ofMillis(5)).withRetries(3);
    assertThat(changed.name()).isEqualTo("answer");
    assertThat(changed.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(changed.grace()).isEqualTo(Duration.ofMillis(5));
    assertThat(changed.retries()).isEqualTo(3);
    assertThat(changed.body().call()).isEqualTo(42);
  }

  @Test
  void isImmutable() {
    task.withTimeout(Duration.ofSeconds(2)).withGrace(Duration.ZERO).withRetries(1);
    assertThat(task.timeout()).isNull();
    assertThat(task.grace()).isNull();
    assertThat(task.retries()).isZero();
    assertThat(task.retriesOr(4)).isEqualTo(4);
    assertThat(task.withRetries(0).retriesOr(4)).isZero();
  }

  @Test
  void theOrderOfChangesDoesNotMatter() {
    Duration second = Duration.ofSeconds(1);
    Task<Integer> oneWay = task.withRetries(2).withGrace(second).withTimeout(second);
    Task<Integer> other = task.withTimeout(second).withGrace(second).withRetries(2);
    assertThat(oneWay).usingRecursiveComparison().isEqualTo(other);
  }

  @Test
  void aBodyWithoutAResultGivesNullAndItsCheckedExceptionPasses() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    SerializableRunnable count = runs::incrementAndGet;
    assertThat(Task.of("count", count).body().call()).isNull();
    assertThat(runs).hasValue(1);

    IOException exception = new IOException("disk full");
    SerializableRunnable fail =
        () -> {
          throw exception;
        };
    assertThatThrownBy(Task.of("fail", fail).body()::call).isSameAs(exception);
  }

  @Test
  void saysItsNameAndTimeout() {
    assertThat(task).hasToString("Task[answer]");
    assertThat(task.withTimeout(Duration.ofMillis(200)))
        .hasToString("Task[answer, timeout PT0.2S]");
  }

  @Test
  void aNameIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> Task.of(null, () -> 1))
        .withMessageContaining("name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Task.of(" \t", () -> 1))
        .withMessage("name: \" \t\" (expected: a name that is not blank)");
  }

  @Test
  void aBodyIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> Task.of("a", (SerializableCallable<String>) null))
        .withMessageContaining("body");
    assertThatNullPointerException()
        .isThrownBy(() -> Task.of("a", (SerializableRunnable) null))
        .withMessageContaining("body");
  }

  @Test
  void aTimeoutIsPositive() {
    assertThatNullPointerException()
        .isThrownBy(() -> task.withTimeout(null))
        .withMessageContaining("timeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task.withTimeout(Duration.ZERO))
        .withMessage("timeout: PT0S (expected: a positive duration)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task.withTimeout(Duration.ofSeconds(-3)))
        .withMessage("timeout: PT-3S (expected: a positive duration)");
  }

  @Test
  void aGracePeriodIsZeroOrMore() {
    assertThat(task.withGrace(Duration.ZERO).grace()).isEqualTo(Duration.ZERO);
    assertThatNullPointerException()
        .isThrownBy(() -> task.withGrace(null))
        .withMessageContaining("grace");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task.withGrace(Duration.ofNanos(-1)))
        .withMessage("grace: PT-0.000000001S (expected: zero or more)");
  }

  @Test
  void retriesAreZeroOrMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> task.withRetries(-1))
        .withMessage("retries: -1 (expected: >= 0)");
  }
}
