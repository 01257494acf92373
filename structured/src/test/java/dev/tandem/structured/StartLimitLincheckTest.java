package dev.tandem.structured;

import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Never more subtasks than the limit run, and no waiting subtask is forgotten. The subtasks belong
/// to no scope: the limit only queues them.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many runs, perhaps on a busy machine
class StartLimitLincheckTest {
  @Test
  void keepsTheLimitInEveryInterleavingThatTheModelCheckerTries() {
    LincheckScope.run(Model.class, 3, 3)
        .modelChecks(
            "fork end | fork | fork", "fork fork fork | end end", "fork fork fork | clear end");
  }

  @Test
  void keepsTheLimitUnderStress() {
    LincheckScope.run(Model.class, 3, 4).stresses(4);
  }

  /// A limit of two.
  public static final class Model {
    private static final int LIMIT = 2;

    private final StartLimit limit = new StartLimit(LIMIT);
    private final Queue<Child<?>> running = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger forked = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger cleared = new AtomicInteger();

    @Operation
    public void fork() {
      forked.incrementAndGet();
      @SuppressWarnings("NullAway")
      Child<?> child = new ThreadChild<Integer>(null, forked.get(), null, () -> 1);
      if (limit.admit(child)) {
        run(child);
      }
    }

    private void run(Child<?> child) {
      most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      running.add(child);
    }

    @Operation
    public boolean end() {
      if (running.poll() == null) {
        return false;
      }
      atOnce.decrementAndGet();
      ended.incrementAndGet();
      Child<?> next = limit.next();
      if (next != null) {
        run(next);
      }
      return true;
    }

    @Operation
    public void clear() {
      limit.clear();
      cleared.incrementAndGet();
    }

    @Validate
    public void nobodyIsForgotten() {
      while (end()) {
        // until nothing runs
      }
      LincheckRun.check("the limit", most.get() <= LIMIT);
      LincheckRun.check("all have run", cleared.get() > 0 || ended.get() == forked.get());
      for (int i = 0; i < LIMIT; i++) {
        fork();
      }
      LincheckRun.check("no permit is lost", running.size() == LIMIT);
      fork();
      LincheckRun.check("none is made up", running.size() == LIMIT);
    }
  }
}
