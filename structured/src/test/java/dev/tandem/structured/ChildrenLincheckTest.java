package dev.tandem.structured;

import dev.tandem.testing.LincheckRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A walker sees every subtask that was added before and is not over, also while other threads add
/// subtasks and one sweeps. The subtasks have no threads: they are over when they are final.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many runs, perhaps on a busy machine
class ChildrenLincheckTest {
  private static final String[] PROGRAMS = {
    "end sweep | add | walk",
    "endAll sweep | add walk",
    "endAll sweep | add",
    "add | add | walk",
    "endAll sweep add | sweep | walk"
  };

  @Test
  void nobodyIsOverlookedInEveryInterleavingThatTheModelCheckerTries() {
    LincheckScope.run(Model.class, 2, 3).modelChecks(PROGRAMS);
  }

  @Test
  void nobodyIsOverlookedUnderStress() {
    LincheckScope.run(Model.class, 3, 4).stresses(4);
  }

  /// The list, with three subtasks in it.
  public static final class Model {
    private static final int WORTH_IT = 1 << 20;

    private final LincheckScope owner = new LincheckScope();
    private final Children children = new Children();
    private final Queue<ThreadChild<Integer>> added = new ConcurrentLinkedQueue<>();
    private final Queue<ThreadChild<Integer>> alive = new ConcurrentLinkedQueue<>();

    public Model() {
      LincheckScope.forget();
      add();
      add();
      add();
    }

    @Operation
    public void add() {
      var child = new ThreadChild<Integer>(owner.scope, owner.scope.state.fork(), null, () -> 1);
      children.add(child);
      added.add(child);
      alive.add(child);
    }

    @Operation
    public void end() {
      ThreadChild<Integer> child = alive.poll();
      if (child != null) {
        child.refuse(new IllegalStateException("for the test"));
      }
    }

    @Operation
    public void endAll() {
      for (int i = 0; i < 3; i++) {
        end();
      }
    }

    @Operation
    public void sweep() {
      children.sweepIfWorthIt(WORTH_IT, 0);
    }

    @Operation
    public void walk() {
      List<ThreadChild<Integer>> before = List.copyOf(added);
      List<Child<?>> seen = new ArrayList<>();
      children.forEach(seen::add);
      for (ThreadChild<Integer> child : before) {
        LincheckRun.check("who is not over is seen", child.isOver() || seen.contains(child));
      }
    }

    private boolean isAsExpected(ThreadChild<Integer> child) {
      return child.isOver() != alive.contains(child);
    }

    @Validate
    public void nobodyIsOverlooked() {
      LincheckRun.check("who has ended is over", added.stream().allMatch(this::isAsExpected));
      walk();
      children.sweepIfWorthIt(WORTH_IT, 0);
      walk();
      int[] seen = {0};
      children.forEach(_ -> seen[0]++);
      LincheckRun.check("nobody is there twice", seen[0] <= added.size());
    }
  }
}
