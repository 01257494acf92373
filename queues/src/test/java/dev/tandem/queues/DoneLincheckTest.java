package dev.tandem.queues;

import dev.tandem.testing.LincheckRun;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `awaitDone` ends when all elements are done, and never before.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many thousand runs, perhaps on a busy machine
class DoneLincheckTest {
  @Test
  void isLinearizableInEveryInterleavingThatTheModelCheckerTries() {
    LincheckRun run = LincheckRun.of(Model.class, 2, 3, Specification.class);
    run.modelChecks("put take done | isAllDone", "take done put | isAllDone put");
    run.modelChecks(2);
  }

  /// A channel with one element that is not done.
  public static final class Model {
    private final AbstractChannel<Integer> channel =
        new LinkedRingChannel<>(ChannelLincheckTest.options());

    public Model() {
      put();
    }

    @Operation
    public int put() {
      return channel.tryPut(1);
    }

    @Operation
    public boolean take() {
      return channel.tryTake() != null;
    }

    @Operation
    public boolean done() {
      try {
        channel.taskDone();
        return true;
      } catch (IllegalStateException _) {
        return false;
      }
    }

    @Operation
    public boolean isAllDone() throws InterruptedException {
      return channel.awaitDone(Duration.ZERO);
    }
  }

  /// The sequential specification, with three numbers.
  public static final class Specification {
    private int puts = 1;
    private int takes;
    private int done;

    public int put() {
      puts++;
      return AbstractChannel.PUT;
    }

    public boolean take() {
      boolean any = takes < puts;
      takes += any ? 1 : 0;
      return any;
    }

    public boolean done() {
      boolean mayBe = done < takes;
      done += mayBe ? 1 : 0;
      return mayBe;
    }

    public boolean isAllDone() {
      return done == puts;
    }
  }
}
