package dev.tandem.structured;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No subtask that an owner forks and no scope that it opens escapes a concurrent canceller. An
/// owner is a thread, so the first step of the first thread opens the scope; before that step the
/// operations of other threads do nothing.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many runs, perhaps on a busy machine
class ScopeLincheckTest {
  private static final String[] PROGRAMS = {
    "open fork | cancel",
    "open fork fork | cancel | cancel",
    "open fork openInside | cancel",
    "open fork | cancelAndRead"
  };

  @Test
  void nothingEscapesInEveryInterleavingThatTheModelCheckerTries() {
    LincheckScope.run(Model.class, 2, 3).modelChecks(PROGRAMS);
  }

  /// A scope, and scopes inside it.
  public static final class Model {
    private final Queue<LincheckScope> all = new ConcurrentLinkedQueue<>();
    private volatile LincheckScope owner;

    @Operation
    public void open() {
      owner = openInside();
    }

    @Operation
    public LincheckScope openInside() {
      LincheckScope opened = new LincheckScope();
      all.add(opened);
      return opened;
    }

    @Operation
    public void fork() {
      owner.fork();
    }

    @Operation
    public void cancel() {
      LincheckScope opened = owner;
      if (opened != null) {
        opened.scope.cancel();
      }
    }

    /// Reads, as an owner that joins after a cancellation, the handle that a subtask is forking.
    @Operation
    public void cancelAndRead() {
      LincheckScope opened = owner;
      if (opened != null) {
        opened.scope.cancel();
        for (Subtask<Integer> handle : opened.forked) {
          LincheckRun.check("cut off", handle.outcome() instanceof Outcome.Cancelled);
        }
      }
    }

    @Validate
    public void nothingEscapes() {
      LincheckScope.forget(); // the thread that validates is the first
      boolean cancelled = owner.scope.isCancelled();
      for (LincheckScope opened : all) {
        LincheckRun.check("all scopes or none", opened.scope.isCancelled() == cancelled);
        for (Subtask<Integer> handle : opened.forked) {
          Child<?> child = (Child<?>) handle;
          LincheckRun.check("all subtasks or none", child.isFinal() == cancelled);
        }
        int unfinished = cancelled ? 0 : opened.forked.size();
        LincheckRun.check("counted", opened.scope.state.unfinished() == unfinished);
      }
    }
  }
}
