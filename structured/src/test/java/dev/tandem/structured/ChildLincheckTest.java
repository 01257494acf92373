package dev.tandem.structured;

import dev.tandem.core.Outcome;
import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A subtask that several threads start and cancel, while its body ends, has one outcome and is
/// counted out once. The subtask has no thread: the stress test counts interrupts.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many runs, perhaps on a busy machine
class ChildLincheckTest {
  private static final String[] PROGRAMS = {
    "start | cancel | cancel",
    "start | start | cancel",
    "refuse | cancel",
    "start succeed | cancel | read read",
    "start fail | cancel",
    "start | fail | cancel",
    "start | cancel | read"
  };

  @Test
  void holdsInEveryInterleavingThatTheModelCheckerTries() {
    LincheckScope.run(Model.class, 2, 3).modelChecks(PROGRAMS);
  }

  @Test
  void holdsUnderStress() {
    LincheckScope.run(Model.class, 3, 3).stresses(4);
  }

  /// One subtask of a scope.
  public static final class Model {
    private final LincheckScope owner = new LincheckScope();
    private final ThreadChild<Integer> child = owner.child();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Queue<Outcome<Integer>> read = new ConcurrentLinkedQueue<>();

    public Model() {
      LincheckScope.forget();
    }

    @Operation
    public void start() {
      if (child.start()) {
        started.incrementAndGet();
      }
    }

    @Operation
    public void refuse() {
      child.refuse(new IllegalStateException("for the test"));
    }

    @Operation
    public void cancel() {
      owner.scope.cancel();
      read();
    }

    @Operation
    public void succeed() {
      if (bodyEnds()) {
        child.succeed(1);
      }
    }

    @Operation
    public void fail() {
      if (bodyEnds()) {
        child.fail(new IllegalStateException("for the test"));
      }
    }

    /// Ends the body, if it was started.
    private boolean bodyEnds() {
      return started.get() > 0 && ended.compareAndSet(false, true);
    }

    @Operation
    public void read() {
      boolean cut = child.wasCutOff();
      LincheckRun.check("who is cut off is known to be", !cut || owner.scope.state.hasCutOff());
      if (child.isFinal() || child.wasCutOff()) {
        read.add(child.outcome());
      }
    }

    @Validate
    public void hasOneOutcome() {
      boolean running = started.get() > 0 && !ended.get();
      int unfinished = owner.scope.state.unfinished();
      if (running) {
        LincheckRun.check("what runs is counted", unfinished == 1);
        succeed();
      }
      unfinished = owner.scope.state.unfinished();
      LincheckRun.check("counted out once", unfinished == (child.isFinal() ? 0 : 1));
      LincheckRun.check("started once", started.get() <= 1);
      checkOutcome();
    }

    private void checkOutcome() {
      boolean cancelled = owner.scope.isCancelled();
      boolean completed = child.state() != TaskScope.Subtask.State.UNAVAILABLE;
      LincheckRun.check("cancelled is final", !cancelled || child.isFinal());
      LincheckRun.check("the joiner hears it once", owner.completed.get() <= (completed ? 1 : 0));
      LincheckRun.check("or it was cancelled", completed || !child.isFinal() || cancelled);
      LincheckRun.check(
          "the joiner hears it", cancelled || owner.completed.get() == (completed ? 1 : 0));
      for (Outcome<Integer> early : read) {
        LincheckRun.check("one outcome", early.equals(child.outcome()));
      }
    }
  }
}
