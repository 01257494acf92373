package dev.tandem.pools.internal.process;

import dev.tandem.core.TaskListener;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.executor.RunTerms;
import dev.tandem.pools.internal.executor.RunTerms.Unread;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.executor.TaskListeners;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// A task of a process pool without the pool. Its executor of callbacks is a list.
final class StressProcessRun {
  private static final Exception FAILURE = new Exception("of a worker");
  private static final TaskListeners LISTENED = TaskListeners.NONE.and(new TaskListener() {});

  private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
  private final ProcessRun<Object> run;
  final Ends ends = new Ends();

  private StressProcessRun(boolean tellsUsers) {
    var terms = new RunTerms(null, 0, 0, tellsUsers ? LISTENED : TaskListeners.NONE, Unread.NEVER);
    var host = new TaskHost("stress", CommonOptions.DEFAULTS, ends);
    run = new ProcessRun<>(host, callbacks::add, terms, null, null, null, null);
    ends.run = run;
  }

  /// {@return a task}
  ///
  /// @param tellsUsers whether it has a listener
  static StressProcessRun create(boolean tellsUsers) {
    return new StressProcessRun(tellsUsers);
  }

  /// A reader or a reaper has the outcome, and then sees the job leave.
  void failed() {
    run.job.refuse(FAILURE);
  }

  void addListener(Runnable listener, Executor on) {
    run.addListener(listener, on);
  }

  /// {@return whether there was a callback to run}
  boolean runCallback() {
    Runnable next = callbacks.poll();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  static final class Ends implements TaskHost.Hooks {
    final AtomicInteger count = new AtomicInteger();
    volatile boolean tooEarly;
    private volatile ProcessRun<?> run;

    @Override
    public void bodyEnded() {
      count.incrementAndGet();
      tooEarly |= !run.isDone();
    }
  }
}
