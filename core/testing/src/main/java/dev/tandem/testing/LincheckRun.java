package dev.tandem.testing;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;

/// Small programs of two or three threads, generated from the operations of a model or written for
/// a bug, that Lincheck runs many times: through interleavings that it chooses, or at full speed.
///
/// The seeds are Lincheck's own and fixed, so a failure comes again, and its message shows the
/// interleaving step by step. What Lincheck sees: fields, `VarHandle`s, atomics and locks. What it
/// does not: weak memory (jcstress has that), virtual threads, parking. So the models never park;
/// what a wait does before and after it is a step of its own.
///
/// @param model the class whose operations the programs call
/// @param threads the number of threads of a generated program
/// @param operations the number of operations of each thread of a generated program
/// @param specification the class to which the model must be linearizable; without one, the results
///   are free, and the model's method annotated with `Validate` says what must hold
/// @param invocations how often each program is run
/// @param guarantees the methods in which the model checker switches no thread
public record LincheckRun(
    Class<?> model,
    int threads,
    int operations,
    @Nullable Class<?> specification,
    int invocations,
    List<ManagedStrategyGuarantee> guarantees) {
  // as many as the build has time for
  private static final int INVOCATIONS = Integer.getInteger("tandem.lincheck.invocations", 120);
  private static final Pattern BAR = Pattern.compile("[|]");
  private static final Pattern BLANK = Pattern.compile(" ");

  /// {@return a run of a model whose results are free}
  public static LincheckRun ofInvariants(Class<?> model, int threads, int operations) {
    return new LincheckRun(model, threads, operations, null, INVOCATIONS, List.of());
  }

  /// {@return a run of a model that must be linearizable to a class with the same operations}
  public static LincheckRun of(
      Class<?> model, int threads, int operations, Class<?> specification) {
    return new LincheckRun(model, threads, operations, specification, INVOCATIONS, List.of());
  }

  /// {@return this run with another number of invocations of each program}
  public LincheckRun withInvocations(int number) {
    return new LincheckRun(model, threads, operations, specification, number, guarantees);
  }

  /// {@return this run with classes in which the model checker switches no thread: safe by
  /// themselves, and each with dozens of steps among which it would lose its way}
  public LincheckRun withAtomic(Class<?>... classes) {
    String[] names = Stream.of(classes).map(Class::getName).toArray(String[]::new);
    return with(forClasses(names).allMethods().treatAsAtomic());
  }

  /// {@return this run with methods before which the model checker switches threads, and in which
  /// it does not: those of a class that accesses memory outside the heap, which it does not see}
  ///
  /// @throws IllegalArgumentException if the class has no method of such a name
  public LincheckRun withSteps(Class<?> type, String... methods) {
    List<String> there = Stream.of(type.getDeclaredMethods()).map(Method::getName).toList();
    for (String method : methods) {
      if (!there.contains(method)) {
        throw new IllegalArgumentException(type + " has no method " + method);
      }
    }
    return with(forClasses(type.getName()).methods(methods).treatAsAtomic());
  }

  private LincheckRun with(ManagedStrategyGuarantee guarantee) {
    List<ManagedStrategyGuarantee> all = new ArrayList<>(guarantees);
    all.add(guarantee);
    return new LincheckRun(model, threads, operations, specification, invocations, all);
  }

  /// Checks generated programs in interleavings that the model checker chooses.
  public void modelChecks(int programs) {
    modelChecks(new ModelCheckingOptions().iterations(programs));
  }

  /// Checks given programs in interleavings that the model checker chooses. `"put | take put"` has
  /// two threads, of which one puts and the other takes and puts. An operation with a parameter
  /// gets the number of its thread.
  public void modelChecks(String... programs) {
    ModelCheckingOptions options = new ModelCheckingOptions().iterations(0);
    for (String program : programs) {
      options = options.addCustomScenario(scenario(program));
    }
    modelChecks(options);
  }

  /// Runs generated programs at full speed.
  public void stresses(int programs) {
    check(new StressOptions().iterations(programs).invocationsPerIteration(invocations));
  }

  private void modelChecks(ModelCheckingOptions options) {
    ModelCheckingOptions all = options.invocationsPerIteration(invocations);
    for (ManagedStrategyGuarantee guarantee : guarantees) {
      all = all.addGuarantee(guarantee);
    }
    check(all);
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

  /// Runs no operation before the threads and none after: many models have one life, and an
  /// operation before the race would be the end of it.
  private <O extends Options<O, ?>> void check(O options) {
    O all = options.threads(threads).actorsPerThread(operations).actorsBefore(0).actorsAfter(0);
    all =
        specification == null
            ? all.verifier(InvariantsOnly.class)
            : all.sequentialSpecification(specification);
    all.check(model);
  }

  /// Fails unless the condition holds. For methods annotated with `Validate`: the model checker
  /// runs through them too, and AssertJ's objects, which refuse `equals`, stop it.
  public static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
