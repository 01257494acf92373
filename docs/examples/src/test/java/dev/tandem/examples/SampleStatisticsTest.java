package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleStatisticsTest {
  @Test
  void everyChunkHasItsPeak() {
    List<SampleStatistics.Statistics> chunks = SampleStatistics.processes(12);
    assertThat(chunks).isEqualTo(SampleStatistics.sequential(12));
    for (int i = 0; i < chunks.size(); i++) {
      assertThat(chunks.get(i).peak()).isEqualTo(SampleStatistics.frequency(i));
      assertThat(chunks.get(i).mean()).isCloseTo(0, within(0.01));
      assertThat(chunks.get(i).deviation()).isCloseTo(Math.sqrt(0.5 + 1 / 12.0), within(0.01));
    }
  }
}
