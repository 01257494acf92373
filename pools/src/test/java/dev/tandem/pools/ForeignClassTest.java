package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.ValueWrapper;

/// Row 16: an object of a class that is neither the application's nor a value of the JDK's.
class ForeignClassTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void resultOfAForeignClassIsRefusedBeforeTheClassIsLoaded() throws Exception {
    try (ChildJvm parent =
        ChildJvm.Start.with("-Xlog:class+load:stdout").in(probe).run(Parent.class)) {
      assertThat(parent.told("refused"))
          .contains("org.opentest4j.ValueWrapper")
          .contains("withAllowed(");
      assertThat(parent.told("then")).isEqualTo("42");
      assertThat(parent.exitCode()).isZero();
      assertThat(parent.lines()).anyMatch(line -> line.contains("dev.tandem.Tandem source:"));
      assertThat(parent.lines())
          .noneMatch(line -> line.contains("org.opentest4j.ValueWrapper source:"));
    }
  }

  @Test
  void argumentOfAForeignClassIsRefusedInTheWorker() throws Exception {
    ProcessPool pool = probe.open(1);
    Object foreign = ValueWrapper.create("foreign");

    Future<String> future = probe.watch(pool.submit(() -> foreign.toString()));

    assertThat(Failures.cause(future))
        .hasStackTraceContaining("org.opentest4j.ValueWrapper")
        .hasStackTraceContaining("withAllowed(");
  }

  @Test
  void foreignClassThatTheBodyNamesPasses() throws Exception {
    ProcessPool pool = probe.open(1);
    ValueWrapper foreign = ValueWrapper.create("foreign");

    assertThat(pool.submit(() -> foreign).get(20, TimeUnit.SECONDS).getStringRepresentation())
        .isEqualTo("foreign");
  }

  @Test
  void foreignClassThatIsAllowedPasses() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withAllowed("org.opentest4j.*"));
    ValueWrapper foreign = ValueWrapper.create("foreign");

    assertThat(pool.submit(() -> foreign.getStringRepresentation()).get(20, TimeUnit.SECONDS))
        .isEqualTo("foreign");
    assertThat(pool.submit(Foreign::make).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ValueWrapper.class);
  }

  /// Keeps the foreign class out of the class of the parent.
  static final class Foreign {
    private Foreign() {}

    static Object make() {
      return ValueWrapper.create("foreign");
    }
  }

  /// Gets a foreign object without knowing its class.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      try (ProcessPool pool = Tandem.newProcessPool(1)) {
        try {
          System.out.println("arrived " + pool.submit(() -> Foreign.make()).get());
        } catch (ExecutionException e) {
          System.out.println("refused " + e.getCause().toString().replace('\n', ' '));
        }
        System.out.println("then " + pool.submit(() -> 42).get());
      }
    }
  }
}
