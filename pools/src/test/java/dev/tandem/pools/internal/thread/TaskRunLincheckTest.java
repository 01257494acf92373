package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.LincheckBase;
import dev.tandem.pools.internal.executor.TaskCounters;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// A task that many run, cancel and take back has exactly one outcome and one end, its body runs at
/// most once, and an interrupt meant for the body is gone when its thread is.
public class TaskRunLincheckTest extends LincheckBase {
  private final AtomicInteger bodies = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private final AtomicInteger placesFreed = new AtomicInteger();
  private final AtomicInteger undone = new AtomicInteger();
  private final ThreadHost host =
      Hosts.host(
          new ThreadHost.Hooks() {
            @Override
            public void bodyEnded() {
              ends.incrementAndGet();
            }

            @Override
            public void placeFreed() {
              placesFreed.incrementAndGet();
            }
          });
  private final TaskRun<Integer> task = new TaskRun<>(host, this::body);
  private volatile Thread runner;

  public TaskRunLincheckTest() {
    task.accept();
  }

  @Operation
  public void run() {
    task.run();
  }

  private Integer body() {
    runner = Thread.currentThread();
    return bodies.incrementAndGet();
  }

  @Operation
  public void cancelWithInterrupt() {
    cancel(true);
  }

  @Operation
  public void cancelWithoutInterrupt() {
    cancel(false);
  }

  private void cancel(boolean mayInterrupt) {
    if (task.cancel(mayInterrupt) && !task.isCancelled()) {
      undone.incrementAndGet();
    }
  }

  @Override
  protected int operations() {
    return 2;
  }

  @Override
  protected boolean verifiedByInvariantsOnly() {
    return true; // to others, a body starts and ends
  }

  @Validate
  public void hasOneOutcomeAndOneEnd() {
    TaskCounters counters = host.counters;
    int once = task.isDone() ? 1 : 0;
    check("the body runs at most once", bodies.get() <= once);
    check("one end", ends.get() == once);
    check("its place is given back once", placesFreed.get() == once);
    check("one outcome", counters.succeededSoFar() + counters.cancelledSoFar() == once);
    check("the outcome is the future's", counters.cancelledSoFar() == 1 == task.isCancelled());
    check("who cancels finds it cancelled", undone.get() == 0);
    check("no interrupt is left behind", runner == null || !runner.isInterrupted());
    check("nothing runs", host.running().isEmpty() && !task.isRunning());
  }
}
