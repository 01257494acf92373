package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A task of a process pool without the pool. Its executor of callbacks is a list.
final class StressProcessRun extends ProcessRun<Object> {
  private static final Exception FAILURE = new Exception("of a worker");

  private final boolean tellsUsers;
  private final Queue<Runnable> callbacks;
  final Ends ends;

  private StressProcessRun(boolean tellsUsers, Queue<Runnable> callbacks, Ends ends) {
    super(new TaskHost("stress", CommonOptions.DEFAULTS, ends), pool(callbacks), null, null);
    this.tellsUsers = tellsUsers;
    this.callbacks = callbacks;
    this.ends = ends;
    ends.run = this;
  }

  private static Pool pool(Queue<Runnable> callbacks) {
    return () -> callbacks::add;
  }

  static StressProcessRun create(boolean tellsUsers) {
    return new StressProcessRun(tellsUsers, new ConcurrentLinkedQueue<>(), new Ends());
  }

  /// A reader or an undertaker has the outcome, and then sees the job leave.
  void failed() {
    job().refuse(FAILURE);
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

  @Override
  boolean tellsUsers() {
    return tellsUsers;
  }

  @Override
  protected UnreadFailure failedUnread(Throwable exception) {
    return null;
  }

  static final class Ends implements TaskHost.Hooks {
    final AtomicInteger count = new AtomicInteger();
    volatile boolean tooEarly;
    private volatile StressProcessRun run;

    @Override
    public void bodyEnded() {
      count.incrementAndGet();
      tooEarly |= !run.isDone();
    }
  }
}
