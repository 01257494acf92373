package dev.tandem.examples.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void equalResultsThatPassTheCheckAreCorrect() throws Exception {
    Row row = run(() -> 42, () -> 42);
    assertThat(row.correct()).isTrue();
    assertThat(row.result()).isEqualTo("the answer is 42");
  }

  @Test
  void differentResultsAreWrong() throws Exception {
    Row row = run(() -> 42, () -> 43);
    assertThat(row.correct()).isFalse();
    assertThat(row.result()).isEqualTo("sequential gave 42, concurrent 43");
  }

  @Test
  void aResultThatFailsTheCheckIsWrong() throws Exception {
    Row row = run(() -> -1, () -> -1);
    assertThat(row.correct()).isFalse();
    assertThat(row.result()).contains("negative");
  }

  @Test
  void aProgramThatThrowsIsWrong() throws Exception {
    Row row =
        run(
            () -> {
              throw new IOException("no network");
            },
            () -> 42);
    assertThat(row.correct()).isFalse();
    assertThat(row.result()).contains("no network");
  }

  @Test
  void speedUpIsTheRatioOfTheTimes() {
    var row = new Row("x", Duration.ofMillis(600), Duration.ofMillis(200), true, "");
    assertThat(row.speedUp()).isEqualTo(3.0);
  }

  private Row run(Callable<Integer> sequential, Callable<Integer> concurrent) throws Exception {
    var program = new Program<Integer>("program", sequential, concurrent, RowTest::describe);
    return Row.of(program);
  }

  private static String describe(int result) {
    if (result < 0) {
      throw new IllegalStateException("negative: " + result);
    }
    return "the answer is " + result;
  }
}
