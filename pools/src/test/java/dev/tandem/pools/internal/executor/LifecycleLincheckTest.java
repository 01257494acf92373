package dev.tandem.pools.internal.executor;

import dev.tandem.pools.internal.LincheckBase;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// A lifecycle is one number to everybody who looks: never terminated while a task is counted in,
/// always once it is shut down and the last one is out.
@Param(name = "thread", gen = ThreadIdGen.class)
public class LifecycleLincheckTest extends LincheckBase {
  private final Lifecycle lifecycle = new Lifecycle(() -> {});
  private final int[] tasks = new int[5]; // of each thread

  @Operation
  public boolean accept(@Param(name = "thread") int thread) {
    boolean accepted = lifecycle.accept();
    if (accepted) {
      tasks[thread]++;
    }
    return accepted;
  }

  @Operation
  public boolean end(@Param(name = "thread") int thread) {
    if (tasks[thread] == 0) {
      return false;
    }
    tasks[thread]--;
    lifecycle.ended();
    return true;
  }

  @Operation
  public void shutdown() {
    lifecycle.shutdown();
  }

  @Operation
  public boolean isTerminated() {
    return lifecycle.isTerminated();
  }

  @Validate
  public void terminatesInTheEnd() {
    for (int thread = 0; thread < tasks.length; thread++) {
      while (end(thread)) {
        check("not terminated before the last task has ended", tasksLeft() == 0 || !isTerminated());
      }
    }
    shutdown();
    check("terminated once shut down and idle", isTerminated());
  }

  private int tasksLeft() {
    int left = 0;
    for (int n : tasks) {
      left += n;
    }
    return left;
  }
}
