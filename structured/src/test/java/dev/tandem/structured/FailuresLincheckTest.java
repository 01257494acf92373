package dev.tandem.structured;

import dev.tandem.core.internal.Failures;
import dev.tandem.testing.LincheckRun;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each failure is suppressed in the wrapper exactly once, whatever the number of threads that add
/// failures and suppress them at the same time.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many runs, perhaps on a busy machine
class FailuresLincheckTest {
  @Test
  void eachHangsOnceInEveryInterleavingThatTheModelCheckerTries() {
    LincheckScope.run(Model.class, 2, 3)
        .modelChecks("add hang | addLate hang", "add | add hang | hang");
  }

  /// Failures and one wrapper for them.
  public static final class Model {
    private final Failures failures = new Failures();
    private final RuntimeException wrapper = new RuntimeException("wrapper");
    private final AtomicInteger added = new AtomicInteger();

    @Operation
    public void add() {
      failures.add(new RuntimeException("failure"), false);
      added.incrementAndGet();
    }

    @Operation
    public void addLate() {
      failures.add(new RuntimeException("late"), true);
      added.incrementAndGet();
    }

    @Operation
    public void hang() {
      failures.hangOn(wrapper);
    }

    @Validate
    public void eachHangsOnce() {
      failures.hangOn(wrapper);
      List<Throwable> hung = Arrays.asList(wrapper.getSuppressed());
      LincheckRun.check("all hang", hung.size() == added.get());
      LincheckRun.check("none twice", new HashSet<>(hung).size() == hung.size());
      Throwable expected = null;
      for (Throwable failure : hung) {
        if (expected == null && failure.getMessage().equals("failure")) {
          expected = failure;
        }
      }
      LincheckRun.check("the first is the first", failures.first() == expected);
    }
  }
}
