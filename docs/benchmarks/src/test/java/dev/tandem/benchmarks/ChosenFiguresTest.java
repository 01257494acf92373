package dev.tandem.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.benchmarks.CostTable.Line;
import dev.tandem.benchmarks.GuideFigures.Chosen;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A measure that is renamed must not silently vanish from the guide.
class ChosenFiguresTest {
  @Test
  void allThatPerformanceShowsIsMeasured() {
    for (Chosen chosen : GuideFigures.CHOSEN) {
      assertThat(measures(chosen.group()))
          .anySatisfy(measure -> {
            assertThat(measure.name()).isEqualTo(chosen.measure());
            assertThat(measure.peerName()).isEqualTo(chosen.peer());
          });
    }
  }

  @Test
  void allThatTheTablesOfCostsShowIsMeasured() {
    for (CostTable table : List.of(ProcessFigures.TABLE, SharingFigures.TABLE)) {
      assertThat(measures(table.group()))
          .extracting(Measure::name)
          .containsAll(table.lines().stream().map(Line::measure).toList());
    }
  }

  @Test
  void everySweepHasAPlot() {
    assertThat(Sweeps.ALL)
        .allSatisfy(sweep ->
            assertThat(SweepPlots.plot(new SweepResult(sweep.name(), List.of())).title())
                .isNotEmpty());
  }

  private static List<Measure> measures(String group) {
    return Groups.ALL.stream()
        .filter(each -> each.name().equals(group))
        .flatMap(each -> each.contests().stream())
        .flatMap(contest -> contest.measures().stream())
        .toList();
  }
}
