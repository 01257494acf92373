package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tandem.core.internal.ProgressSnapshot;
import dev.tandem.core.internal.StatsSnapshot;
import dev.tandem.core.internal.TaskLimits;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What tasks and executors say about themselves: timeouts, progress, counts, limits.
class ReportsTest {
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final Duration WAITED = Duration.ofMillis(210);

  @Test
  void aTimeoutSaysWhatEndedAndWhen() {
    var exception =
        new TaskTimeoutException(
            "load", TIMEOUT, "it was interrupted and ended after " + WAITED, false);
    assertThat(exception)
        .hasMessage(
            "task load ran longer than its timeout of PT0.2S; it was interrupted and ended after"
                + " PT0.21S");
    assertThat(exception.taskName()).isEqualTo("load");
    assertThat(exception.timeout()).isEqualTo(TIMEOUT);
    assertThat(exception.stillRunning()).isFalse();
  }

  @Test
  void aTimeoutSaysWhatStillRuns() {
    var exception =
        new TaskTimeoutException(
            "spin", TIMEOUT, "it ignored the interrupt and is still running after " + WAITED, true);
    assertThat(exception)
        .hasMessage(
            "task spin ran longer than its timeout of PT0.2S; it ignored the interrupt and is still"
                + " running after PT0.21S");
    assertThat(exception.stillRunning()).isTrue();
  }

  @Test
  void aTimeoutNeedsANameAndALimit() {
    assertThatNullPointerException()
        .isThrownBy(() -> new TaskTimeoutException(null, TIMEOUT, "it ended", false))
        .withMessageContaining("taskName");
    assertThatNullPointerException()
        .isThrownBy(() -> new TaskTimeoutException("load", null, "it ended", false))
        .withMessageContaining("timeout");
    assertThatNullPointerException()
        .isThrownBy(() -> new TaskTimeoutException("load", TIMEOUT, null, false))
        .withMessageContaining("end");
  }

  @Test
  void progressIsALineForPeople() {
    Duration elapsed = Duration.ofMillis(1500);
    var known = new ProgressSnapshot(38, 2, 10, OptionalLong.of(100), elapsed);
    var unknown = new ProgressSnapshot(38, 2, 10, OptionalLong.empty(), elapsed);
    assertThat(known.done()).isEqualTo(40);
    assertThat(known).hasToString("40/100 done, 2 failed, 1.5 s, 2.3 s left");
    assertThat(unknown).hasToString("40 done, 2 failed, 1.5 s");
  }

  @Test
  void progressTellsWhatTheRestTakes() {
    Duration elapsed = Duration.ofSeconds(2);
    var half = new ProgressSnapshot(48, 2, 0, OptionalLong.of(100), elapsed);
    assertThat(half.rate()).isEqualTo(25);
    assertThat(half.remaining()).hasValue(Duration.ofSeconds(2));
    var unknown = new ProgressSnapshot(50, 0, 0, OptionalLong.empty(), elapsed);
    assertThat(unknown.rate()).isEqualTo(25);
    assertThat(unknown.remaining()).isEmpty();
    var none = new ProgressSnapshot(0, 0, 5, OptionalLong.of(100), elapsed);
    assertThat(none.rate()).isZero();
    assertThat(none.remaining()).isEmpty();
    var more = new ProgressSnapshot(120, 0, 0, OptionalLong.of(100), Duration.ZERO);
    assertThat(more.rate()).isFinite();
    assertThat(more.remaining()).hasValue(Duration.ZERO);
  }

  @Test
  void progressReadsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      var progress = new ProgressSnapshot(1, 0, 0, OptionalLong.empty(), Duration.ofMillis(1500));
      assertThat(progress).hasToString("1 done, 0 failed, 1.5 s");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void completedTasksAreThoseWithAnOutcome() {
    assertThat(new StatsSnapshot("pool", 10, 4, 2, 1, 2, 1).completed()).isEqualTo(7);
  }

  @Test
  void limitsPassWhatIsAllowed() {
    assertThat(TaskLimits.positive("timeout", TIMEOUT)).isEqualTo(TIMEOUT);
    assertThat(TaskLimits.notNegative("grace", Duration.ZERO)).isEqualTo(Duration.ZERO);
  }

  @Test
  void limitsNameArgumentValueAndExpectation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskLimits.positive("timeout", Duration.ZERO))
        .withMessage("timeout: PT0S (expected: a positive duration)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TaskLimits.notNegative("wait", Duration.ofSeconds(-1)))
        .withMessage("wait: PT-1S (expected: zero or more)");
    assertThatNullPointerException()
        .isThrownBy(() -> TaskLimits.positive("timeout", null))
        .withMessageContaining("timeout");
  }
}
