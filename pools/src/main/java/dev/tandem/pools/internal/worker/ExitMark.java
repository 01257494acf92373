package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.wire.StatusPage;
import dev.tandem.pools.internal.wire.WorkerJvm;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Marks an exit of a worker that the pool has not asked for, a task's `System.exit`, and gives it
/// a limit. A shutdown hook.
final class ExitMark extends Thread {
  /*
   * An exit waits for all shutdown hooks, and one that never ends, or calls System.exit itself, would
   * keep the worker and the future of its task for ever. The code is in a variable of the JDK's, to
   * which there is no way but the end of the exit: so hooks are interrupted first, which ends most of
   * those that wait. Not the thread of the task: if another thread has called System.exit, an
   * interrupt would end the task with a failure that has nothing to do with it. Only then the JVM is ended, with a code that says that the cause is unknown.
   */
  private static final long UNTIL_INTERRUPT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long UNTIL_HALT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static volatile boolean ours;

  private final StatusPage page;
  private final Thread taskThread;

  /// @param taskThread the thread that runs tasks
  ExitMark(StatusPage page, Thread taskThread) {
    super(null, null, "tandem-exit-mark", 0, false);
    this.page = page;
    this.taskThread = taskThread;
  }

  /// The pool has asked for the exit that comes now, and limits it itself.
  static void expect() {
    ours = true;
  }

  @Override
  public void run() {
    if (!ours) {
      page.markExit();
      Thread limit = new Thread(null, this::limit, "tandem-exit-limit", 0, false);
      limit.setDaemon(true);
      limit.start(); // if there is no thread for it, the pool sees the mark and does the same
    }
  }

  private void limit() {
    pause(UNTIL_INTERRUPT_NANOS);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread != taskThread && !thread.getName().startsWith("tandem-")) {
        thread.interrupt();
      }
    }
    pause(UNTIL_HALT_NANOS);
    QuickExit.exit(WorkerJvm.ENDLESS);
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
