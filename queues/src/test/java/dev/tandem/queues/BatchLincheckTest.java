package dev.tandem.queues;

import static dev.tandem.queues.ChannelLincheckTest.options;

import dev.tandem.testing.LincheckRun;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches lose, double and turn round nothing.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many thousand runs, perhaps on a busy machine
class BatchLincheckTest {
  @ParameterizedTest
  @ValueSource(classes = {OfRing.class, OfLinked.class})
  void nothingIsLostInEveryInterleavingThatTheModelCheckerTries(Class<?> model) {
    LincheckRun run = LincheckRun.ofInvariants(model, 2, 3);
    run.modelChecks(
        "putThree putThree | takeTwo takeTwo takeTwo",
        "putThree putOne | takeOne putThree takeTwo",
        "putThree takeOne putThree | putOne takeTwo",
        "putThree close | putOne takeTwo takeTwo",
        "putThree takeOneOfTwo | putOne takeTwo takeOne",
        "putThree close takeOneOfTwo | takeTwo takeTwo takeOne",
        "putThree takeOneOfTwo putThree | takeOneOfTwo putOne takeTwo",
        "putThree remove takeTwo | takeTwo putThree takeOne",
        "putThree remove putThree | takeOneOfTwo putOne remove");
    run.modelChecks(2);
  }

  @ParameterizedTest
  @ValueSource(classes = {OfRing.class, OfLinked.class})
  void nothingIsLostUnderStress(Class<?> model) {
    LincheckRun.ofInvariants(model, 2, 4).stresses(8);
  }

  /// A ring with a slot more than elements.
  public static final class OfRing extends BatchModel {
    public OfRing() {
      super(new RingChannel<>(3, options()));
    }
  }

  /// Linked segments of which the second is about to begin.
  public static final class OfLinked extends BatchModel {
    public OfLinked() {
      super(ChannelLincheckTest.linkedAtBoundary(0, 2));
    }
  }
}
