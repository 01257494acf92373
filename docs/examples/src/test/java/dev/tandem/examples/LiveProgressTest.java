package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiveProgressTest {
  @Test
  void eachTenthIsToldWhoeverReachesIt() {
    List<Long> inputs = LiveProgress.inputs(200);

    LiveProgress.Result result = LiveProgress.processes(inputs);

    assertThat(result).isEqualTo(LiveProgress.sequential(inputs));
    assertThat(result.reached()).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
  }
}
