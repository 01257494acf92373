package dev.tandem.queues;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/// Lets Lincheck make up small programs of two or three threads from the operations of a model, and
/// run each of them many times: through interleavings that it chooses itself, or at full speed.
///
/// The seeds are Lincheck's own and fixed, so a failure comes again, and its message shows the
/// interleaving step by step. What Lincheck sees: fields, `VarHandle`s, atomics and locks. What it
/// does not: weak memory (jcstress has that), virtual threads, parking. So the models never park;
/// what a wait does before and after it is a step of its own.
record LincheckRun(Class<?> model, int threads, int operations, Class<?> specification) {
  private static final int INVOCATIONS = 200;
  private static final Pattern BAR = Pattern.compile("[|]");
  private static final Pattern BLANK = Pattern.compile(" ");

  /// A model whose results are free; what must hold, its method annotated with `Validate` says.
  static LincheckRun ofInvariants(Class<?> model, int threads, int operations) {
    return new LincheckRun(model, threads, operations, InvariantsOnly.class);
  }

  /// A model that must be linearizable to a class with the same operations.
  static LincheckRun of(Class<?> model, int threads, int operations, Class<?> specification) {
    return new LincheckRun(model, threads, operations, specification);
  }

  void modelChecks(int programs) {
    check(new ModelCheckingOptions().iterations(programs).invocationsPerIteration(INVOCATIONS));
  }

  /// Runs programs that were written for what is most likely to go wrong, such as `"put | take
  /// put"`: two threads, of which one puts and the other takes and puts. An operation with a
  /// parameter gets the number of its thread.
  void modelChecks(String... programs) {
    modelChecks(INVOCATIONS, programs);
  }

  /// The same, with so many interleavings of each.
  void modelChecks(int invocations, String... programs) {
    ModelCheckingOptions options = new ModelCheckingOptions().iterations(0);
    for (String program : programs) {
      options = options.addCustomScenario(scenario(program));
    }
    check(options.invocationsPerIteration(invocations));
  }

  private ExecutionScenario scenario(String program) {
    List<List<Actor>> all = new ArrayList<>();
    for (String thread : BAR.split(program, -1)) {
      int number = all.size() + 1;
      all.add(BLANK.splitAsStream(thread.strip()).map(name -> actor(name, number)).toList());
    }
    return new ExecutionScenario(List.of(), all, List.of(), null);
  }

  private Actor actor(String operation, int thread) {
    for (Method method : model.getMethods()) {
      if (method.getName().equals(operation)) {
        return new Actor(method, method.getParameterCount() == 0 ? List.of() : List.of(thread));
      }
    }
    throw new IllegalArgumentException(model + " has no operation " + operation);
  }

  void stresses(int programs) {
    check(new StressOptions().iterations(programs).invocationsPerIteration(INVOCATIONS));
  }

  private <O extends Options<O, ?>> void check(O options) {
    O all = options.threads(threads).actorsPerThread(operations).actorsBefore(0).actorsAfter(0);
    all =
        specification == InvariantsOnly.class
            ? all.verifier(InvariantsOnly.class)
            : all.sequentialSpecification(specification);
    all.check(model);
  }

  /// For methods annotated with `Validate`: the model checker runs through them too, and AssertJ's
  /// objects, which refuse `equals`, stop it.
  static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
