package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverlappingWorkersTest {
  @Test
  void bothWorkersDoAllTheirSteps() throws Exception {
    var logs = OverlappingWorkers.concurrent();
    assertThat(logs).hasSize(2);
    assertThat(logs.getFirst()).containsExactly("bake1", "bake2", "bake3", "bake4", "bake5");
    assertThat(logs.getLast()).containsExactly("wash1", "wash2", "wash3", "wash4", "wash5");
    assertThat(OverlappingWorkers.sequential()).isEqualTo(logs);
  }
}
