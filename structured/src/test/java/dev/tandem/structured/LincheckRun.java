package dev.tandem.structured;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/// Lets Lincheck run small programs of two or three threads many times: programs that were written
/// for what is most likely to go wrong, through interleavings that it chooses itself, and some that
/// it makes up from the operations of a model, at full speed.
///
/// The seeds are Lincheck's own and fixed, so a failure comes again, and its message shows the
/// interleaving step by step. What Lincheck sees: fields, `VarHandle`s, atomics and locks. What it
/// does not: weak memory (jcstress has that), virtual threads, parking. So the models never park;
/// what a wait does before and after it is a step of its own.
record LincheckRun(Class<?> model, int threads, int operations) {
  private static final int INVOCATIONS = 100;

  /// Safe by themselves, and each with dozens of steps in which the model checker would lose its
  /// way.
  private static final String[] BESIDE_THE_POINT = {
    LiveScopes.class.getName(), ScopeOptions.class.getName(), ScopePlace.class.getName()
  };

  private static final Pattern BAR = Pattern.compile("[|]");
  private static final Pattern BLANK = Pattern.compile(" ");

  /// A model whose results are free; what must hold, its method annotated with `Validate` says.
  static LincheckRun ofInvariants(Class<?> model, int threads, int operations) {
    return new LincheckRun(model, threads, operations);
  }

  /// Runs programs such as `"start succeed | cancel"`: two threads, of which one starts a subtask
  /// and ends it, and the other cancels it.
  void modelChecks(String... programs) {
    ModelCheckingOptions options = new ModelCheckingOptions().iterations(0);
    for (String program : programs) {
      options = options.addCustomScenario(scenario(program));
    }
    check(
        options
            .invocationsPerIteration(INVOCATIONS)
            .addGuarantee(forClasses(BESIDE_THE_POINT).allMethods().treatAsAtomic()));
  }

  private ExecutionScenario scenario(String program) {
    List<List<Actor>> all = new ArrayList<>();
    for (String thread : BAR.split(program, -1)) {
      all.add(BLANK.splitAsStream(thread.strip()).map(this::actor).toList());
    }
    return new ExecutionScenario(List.of(), all, List.of(), null);
  }

  private Actor actor(String operation) {
    for (Method method : model.getMethods()) {
      if (method.getName().equals(operation)) {
        return new Actor(method, List.of());
      }
    }
    throw new IllegalArgumentException(model + " has no operation " + operation);
  }

  void stresses(int programs) {
    check(new StressOptions().iterations(programs).invocationsPerIteration(INVOCATIONS));
  }

  private <O extends Options<O, ?>> void check(O options) {
    options
        .threads(threads)
        .actorsPerThread(operations)
        .actorsBefore(0)
        .actorsAfter(0)
        .verifier(InvariantsOnly.class)
        .check(model);
  }

  /// For methods annotated with `Validate`: the model checker runs through them too, and AssertJ's
  /// objects, which refuse `equals`, stop it.
  static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
