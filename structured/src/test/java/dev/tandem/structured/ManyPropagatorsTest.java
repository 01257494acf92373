package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ContextPropagator;
import dev.tandem.testing.CapturedLog;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is inherited grows with each level where a propagator is made anew and has no equality. The
/// log says so, once in a JVM: no other test of this module opens so many levels with a context.
class ManyPropagatorsTest {
  @Test
  void propagatorsThatAreMadeAnewAtEachLevelAreToldOfOnce() throws Exception {
    try (CapturedLog log = CapturedLog.of(ContextPropagator.class.getName())) {
      open(103, new Equal()); // one, said at each level
      assertThat(log.entries()).isEmpty();
      open(103, null);
      assertThat(log.entries())
          .singleElement()
          .satisfies(entry ->
              assertThat(entry.message())
                  .contains("101 context propagators", Anew.class.getName(), "equals"));
    }
  }

  /// @param propagator the propagator of each level; null for a new one at each
  private static void open(int levels, @Nullable ContextPropagator propagator) throws Exception {
    ContextPropagator own = propagator == null ? new Anew() : propagator;
    try (var scope = TaskScope.open(cf -> cf.withContext(own))) {
      if (levels > 1) {
        open(levels - 1, propagator);
      }
      scope.join();
    }
  }

  private static class Anew implements ContextPropagator {
    @Override
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
      return body;
    }
  }

  private static final class Equal extends Anew {}
}
