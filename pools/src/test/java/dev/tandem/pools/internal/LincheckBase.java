package dev.tandem.pools.internal;

import dev.tandem.pools.internal.executor.TaskCounters;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.executor.TaskListeners;
import dev.tandem.pools.internal.thread.RunningTasks;
import dev.tandem.pools.internal.thread.ThreadHost;
import dev.tandem.pools.internal.wire.StatusPage;
import dev.tandem.testing.LincheckRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A model of the pools that is its own test: generated programs of its operations run once through
/// interleavings that Lincheck chooses, once at full speed.
///
/// Subclasses either are linearizable as they stand, or say what must hold in a method annotated
/// with `Validate` and give [#verifiedByInvariantsOnly()].
@Tag("lincheck") // a JVM of its own, see pom.xml
public abstract class LincheckBase {
  @Test
  void holdsInEveryInterleavingThatTheModelCheckerTries() {
    plan()
        .withInvocations(300)
        .withAtomic(
            TaskCounters.class,
            TaskHost.class,
            ThreadHost.class,
            TaskListeners.class,
            RunningTasks.class,
            StatusPage.class) // its VarHandles are unknown to Lincheck; each step is one of memory
        .modelChecks(12);
  }

  @Test
  void holdsUnderStress() {
    plan().withInvocations(100).stresses(10);
  }

  /// {@return how the model is run}
  protected LincheckRun plan() {
    return verifiedByInvariantsOnly()
        ? LincheckRun.ofInvariants(getClass(), threads(), operations())
        : LincheckRun.of(getClass(), threads(), operations(), getClass());
  }

  protected int threads() {
    return 2;
  }

  protected int operations() {
    return 3;
  }

  /// {@return whether the results of the operations are free, because an operation is more than one
  /// step for those beside it}
  protected boolean verifiedByInvariantsOnly() {
    return false;
  }

  protected static void check(String what, boolean holds) {
    LincheckRun.check(what, holds);
  }
}
