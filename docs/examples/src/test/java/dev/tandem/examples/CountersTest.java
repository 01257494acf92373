package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {
  @Test
  void safeCountersLoseNothing() throws Exception {
    assertThat(Counters.locked(100_000)).isEqualTo(400_000);
    assertThat(Counters.adder(100_000)).isEqualTo(400_000);
  }

  @Test
  void theUnsafeCounterNeverCountsTooMuch() throws Exception {
    // it may lose any number, also none: no test can demand a lost update
    assertThat(Counters.unsafe(100_000)).isBetween(1L, 400_000L);
  }

  @Test
  void everyVisitIsCounted() throws Exception {
    assertThat(Counters.visitsConcurrent(100))
        .isEqualTo(Counters.visitsSequential(100))
        .isEqualTo(100);
  }
}
