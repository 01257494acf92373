package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.LincheckBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// Every task that is submitted is started once, when a thread is free, and no free thread is lost:
/// not to a task that was cancelled while it waited, nor to one that gets no thread.
public class ConcurrencyLimitLincheckTest extends LincheckBase {
  private static final int LIMIT = 1;

  private final ThreadHost host = Hosts.host(new ThreadHost.Hooks() {});
  private final Queue<TaskRun<?>> running = new ConcurrentLinkedQueue<>();
  private final Queue<TaskRun<?>> submitted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger threads = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final ConcurrencyLimit limit = new ConcurrencyLimit(LIMIT, this::start);

  private void start(TaskRun<?> task) {
    started.incrementAndGet();
    most.accumulateAndGet(threads.incrementAndGet(), Math::max);
    running.add(task);
  }

  @Operation
  public void submit() {
    TaskRun<?> task = new TaskRun<>(host, () -> 1);
    task.accept();
    submitted.add(task);
    limit.submit(task);
  }

  /// The thread of some task runs it and ends.
  @Operation
  public void runOne() {
    TaskRun<?> task = running.poll();
    if (task != null) {
      end(task);
    }
  }

  private void end(TaskRun<?> task) {
    task.runHere();
    threads.decrementAndGet();
    limit.threadLeft();
  }

  /// The same, and the thread takes on what waits.
  @Operation
  public void runOneAndTheNext() {
    TaskRun<?> task = running.poll();
    while (task != null) {
      task.runHere();
      threads.decrementAndGet();
      task = limit.next();
      if (task != null) {
        most.accumulateAndGet(threads.incrementAndGet(), Math::max);
      }
    }
  }

  @Operation
  public void cancelOne() {
    TaskRun<?> task = submitted.peek();
    if (task != null) {
      task.cancel(false);
    }
  }

  @Override
  protected boolean verifiedByInvariantsOnly() {
    return true; // a task may be started by either of two threads
  }

  @Validate
  public void noTaskIsStranded() {
    check("no more threads than allowed", most.get() <= LIMIT);
    for (TaskRun<?> task; (task = running.poll()) != null; ) {
      end(task);
    }
    check("nothing is stranded", limit.drainWaiting().isEmpty());
    for (TaskRun<?> task : submitted) {
      check("every task has run or was cancelled", task.isDone());
    }
    check("none was started twice", started.get() <= submitted.size());
    submit();
    check("no permit is lost", running.size() == LIMIT);
  }
}
