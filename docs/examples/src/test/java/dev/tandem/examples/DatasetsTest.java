package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetsTest {
  @Test
  void allWaysGiveTheSameSummaries() {
    List<Datasets.Dataset> datasets = Datasets.datasets(2);
    List<Datasets.Summary> summaries = Datasets.sequential(datasets);
    assertThat(summaries)
        .extracting(Datasets.Summary::name)
        .containsExactly("dataset 0", "dataset 1");
    assertThat(summaries)
        .allSatisfy(s -> {
          assertThat(s.mean()).isCloseTo(0.5, within(0.01));
          assertThat(s.median()).isCloseTo(0.5, within(0.01));
          assertThat(s.top()).isCloseTo(0.99, within(0.01));
        });
    assertThat(Datasets.threads(datasets)).isEqualTo(summaries);
    assertThat(Datasets.processes(datasets)).isEqualTo(summaries);
  }
}
