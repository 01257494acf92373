package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisastersTest {
  @Test
  void thePoolGoesOn() throws Exception {
    assertThat(Disasters.concurrent()).isEqualTo(Disasters.expected());
  }

  @Test
  void oneAfterTheOther() throws Exception {
    assertThat(Disasters.sequential()).isEqualTo(Disasters.expected());
  }
}
