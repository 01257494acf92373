package dev.tandem.pools.internal;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.tandem.pools.internal.worker.StatusPage;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Lets Lincheck make up small programs of two or three threads from the operations of a subclass,
/// and run each of them many times: once through interleavings that it chooses itself, once at full
/// speed.
///
/// Subclasses either are linearizable as they stand, or say what must hold in a method annotated
/// with `Validate` and give [#verifiedByInvariantsOnly()].
///
/// The seeds are Lincheck's own and fixed, so a failure comes again, and its message shows the
/// interleaving step by step. What Lincheck sees: fields, `VarHandle`s, atomics and locks. What it
/// does not: weak memory (jcstress has that), virtual threads, parking.
@Tag("lincheck") // a JVM of its own, see pom.xml
public abstract class LincheckBase {
  /// Called often, safe by themselves, and each with dozens of steps in which the model checker
  /// would lose its way.
  private static final String[] BESIDE_THE_POINT = {
    TaskCounters.class.getName(),
    TaskHost.class.getName(),
    TaskListeners.class.getName(),
    RunningTasks.class.getName(),
    StatusPage.class.getName() // its VarHandles are unknown to Lincheck; each step is one of memory
  };

  @Test
  void holdsInEveryInterleavingThatTheModelCheckerTries() {
    configured(new ModelCheckingOptions().iterations(12).invocationsPerIteration(300))
        .addGuarantee(forClasses(BESIDE_THE_POINT).allMethods().treatAsAtomic())
        .check(getClass());
  }

  @Test
  void holdsUnderStress() {
    configured(new StressOptions().iterations(10).invocationsPerIteration(100)).check(getClass());
  }

  /// Two or three operations in each thread, and none before: many of these objects have one life,
  /// and an operation before the race would be the end of it.
  private <O extends Options<O, ?>> O configured(O options) {
    O all = options.threads(threads()).actorsBefore(0).actorsPerThread(operations()).actorsAfter(0);
    return verifiedByInvariantsOnly() ? all.verifier(InvariantsOnly.class) : all;
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

  /// For methods annotated with `Validate`: the model checker runs through them too, and AssertJ's
  /// objects, which refuse `equals`, stop it.
  protected static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
