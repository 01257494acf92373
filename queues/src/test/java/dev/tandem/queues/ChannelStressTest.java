package dev.tandem.queues;

import dev.tandem.testing.StressRounds;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Puts, takes, selects, interrupts, removes and closes at random, and then compares what all
/// threads saw: every accepted element came out exactly once, in order if the shape has one,
/// nothing was accepted after a close, no thread saw the end too early, and all threads ended.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class ChannelStressTest {
  private static final int PARTS = 2 * StressShape.values().length;

  @ParameterizedTest
  @EnumSource
  void everyElementIsAccountedForOnVirtualThreads(StressShape shape) {
    StressRounds.play(
        shape + ", virtual", PARTS, random -> new StressRound(shape, true, random).play());
  }

  @ParameterizedTest
  @EnumSource
  void everyElementIsAccountedForOnPlatformThreads(StressShape shape) {
    StressRounds.play(
        shape + ", platform", PARTS, random -> new StressRound(shape, false, random).play());
  }
}
