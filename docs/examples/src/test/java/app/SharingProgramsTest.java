package app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharingProgramsTest {
  @Test
  void fourProcessesCountAndNoCountIsLost() throws Exception {
    assertThat(P14Counters.run()).isEqualTo(400_000);
  }

  @Test
  void fourProcessesTakeWhatIsPutHereAndAllIsDone() throws Exception {
    P21ProcessChannel.run(); // returns when each item is done and each consumer has ended
  }

  @Test
  void everyChunkOfTheSamplesHasItsStatistics() {
    double[] samples = new double[1_000_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 1 + i / 250_000; // 1 in the first quarter, 4 in the last
    }
    samples[300_000] = 250_002;
    try (var out = new Printed()) {
      P17SharedMemory.run(samples);
      assertThat(out.lines())
          .containsExactly(
              "Stats[mean=1.0, max=1.0]",
              "Stats[mean=3.0, max=250002.0]",
              "Stats[mean=3.0, max=3.0]",
              "Stats[mean=4.0, max=4.0]");
    }
  }
}
