package dev.tandem.benchmarks.scopes;

import static dev.tandem.benchmarks.scopes.Opener.BODY;

import dev.tandem.core.ContextPropagator;
import dev.tandem.structured.TaskScope;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A scope with two forks inside of another scope, which carries a scoped value or nothing. The
/// owner is a virtual thread.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = OpenToClose.VIRTUAL_OWNER)
@State(Scope.Thread)
public class InheritedContext {
  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  @State(Scope.Thread)
  public abstract static class Around {
    private final UnaryOperator<TaskScope.Config> cf;
    private TaskScope<Integer, ?, ?> outer;

    Around(UnaryOperator<TaskScope.Config> cf) {
      this.cf = cf;
    }

    @Setup(Level.Trial)
    public void open() {
      outer = TaskScope.open(cf);
    }

    @TearDown(Level.Trial)
    public void close() {
      outer.cancel();
      outer.close();
    }
  }

  public static class WithContext extends Around {
    public WithContext() {
      super(cf -> cf.withContext(ContextPropagator.scopedValue(() -> USER)));
    }
  }

  public static class WithoutContext extends Around {
    public WithoutContext() {
      super(cf -> cf);
    }
  }

  @Benchmark
  public void inherited(WithContext around) throws Exception {
    twoForks();
  }

  @Benchmark
  public void without(WithoutContext around) throws Exception {
    twoForks();
  }

  private static void twoForks() throws Exception {
    ScopedValue.where(USER, "eve")
        .call(() -> {
          try (var scope = TaskScope.<Integer>open()) {
            scope.fork(BODY);
            scope.fork(BODY);
            return scope.join();
          }
        });
  }
}
