package dev.tandem.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final List<String> ALL = List.of("channels", "scopes", "plots");

  @Test
  void aGroupAloneIsMeasuredAndNotReported() {
    assertThat(parse("scopes", "--quick"))
        .isEqualTo(new Options(false, List.of("scopes"), List.of(), Mode.QUICK));
  }

  @Test
  void aReportMeasuresAllUnlessGroupsAreNamed() {
    assertThat(parse("report")).isEqualTo(new Options(true, ALL, ALL, Mode.FULL));
    assertThat(parse("report", "plots", "--smoke"))
        .isEqualTo(new Options(true, List.of("plots"), List.of("plots"), Mode.SMOKE));
  }

  @Test
  void aReportFromFilesMeasuresNothing() {
    assertThat(parse("report", "--from-results"))
        .isEqualTo(new Options(true, List.of(), List.of(), Mode.FULL));
    assertThat(parse("report", "scopes", "--from-target"))
        .isEqualTo(new Options(true, List.of(), List.of("scopes"), Mode.FULL));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertThatThrownBy(() -> parse("channel"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channel");
    assertThatThrownBy(() -> parse("--quick")).hasMessage("no group");
    assertThatThrownBy(() -> parse("channels", "--from-target")).hasMessageContaining("report");
  }

  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), ALL);
  }
}
