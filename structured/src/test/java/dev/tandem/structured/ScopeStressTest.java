package dev.tandem.structured;

import dev.tandem.testing.SilencedLog;
import dev.tandem.testing.StressRounds;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plays random trees of scopes, then compares the records of all threads: each handle has one
/// final outcome, each body ran at most once and has ended, no failure and no interrupt was lost,
/// and no thread hangs.
@Timeout(value = 1, unit = TimeUnit.HOURS) // each round is bounded; their number is a property
class ScopeStressTest {
  private static final int PARTS = 6;

  private static SilencedLog silence;

  @BeforeAll
  static void silenceScopesThatAreLeftOnPurpose() {
    silence = SilencedLog.of(TaskScope.class);
  }

  @AfterAll
  static void speakAgain() {
    silence.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everythingIsAccountedFor(boolean virtual) {
    StressRounds.play(
        "trees, virtual=" + virtual, PARTS, random -> new StressRound(virtual, random).play());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noWakeUpIsMissed(boolean virtual) {
    StressRounds.play(
        "quiet, virtual=" + virtual, PARTS, random -> new StressQuietRound(virtual, random).play());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noInterruptIsLost(boolean virtual) {
    StressRounds.play(
        "interrupts, virtual=" + virtual,
        PARTS,
        random -> new StressInterruptRound(virtual, random).play());
  }
}
