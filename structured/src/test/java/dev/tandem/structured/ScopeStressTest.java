package dev.tandem.structured;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Plays random trees of scopes, and then compares what everybody saw: each handle has one outcome
/// for good, each body ran at most once and has ended, no failure and no interrupt was lost, and
/// everybody got out of it.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class ScopeStressTest {
  private static final int PARTS = 6;

  @BeforeAll
  static void hushScopesThatAreLeftOnPurpose() {
    setHushed(true);
  }

  @AfterAll
  static void speakAgain() {
    setHushed(false);
  }

  private static void setHushed(boolean hushed) {
    org.slf4j.Logger log = LoggerFactory.getLogger(TaskScope.class);
    ScopeStressTest.class.getModule().addReads(log.getClass().getModule());
    ((Logger) log).setLevel(hushed ? Level.OFF : null);
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
