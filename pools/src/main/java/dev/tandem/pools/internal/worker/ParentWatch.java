package dev.tandem.pools.internal.worker;

import java.io.IOException;
import java.io.InputStream;

/// Ends this worker when its parent is gone, or has it exit.
final class ParentWatch extends Thread {
  /*
   * The parent writes to a worker's standard input after the start only to have it exit, whatever it
   * does, with its shutdown hooks (a signal would not do: SignalGuard), and closes it only by
   * dying, so its end is the parent's end, on every platform, some milliseconds later. The pipe's
   * write end is the parent's alone: ProcessBuilder marks it close-on-exec, so that no sibling
   * keeps it open.
   *
   * Runtime.halt, because System.exit waits for hooks, and a second one waits for the first. Halt
   * itself stops all threads at a safepoint and waits up to 300 ms for those that are in native
   * code, and for as long as it takes for one in a loop without safepoints (12 s were seen):
   * QuickExit, where it is there, does not.
   */

  /// The exit code; no process is left to read it.
  static final int EXIT_CODE = 67;

  /// The exit code of a worker that its parent has had exit: as if by SIGTERM.
  private static final int TERMINATED = 143;

  private static volatile boolean leaving;

  private final InputStream stdin;

  private ParentWatch(InputStream stdin) {
    super(null, null, "tandem-parent-watch", 0, false);
    this.stdin = stdin;
  }

  /// Starts a daemon thread that ends this JVM at once when the stream ends.
  ///
  /// @param stdin the standard input, which no other code may read from now on
  static void start(InputStream stdin) {
    ParentWatch watch = new ParentWatch(stdin);
    watch.setDaemon(true);
    watch.start();
  }

  /// This JVM is exiting by itself. The watch goes on until the parent, which then closes the
  /// stream, lets it end: a thread that is still blocked in native code would hold up the exit for
  /// 300 ms.
  static void leave() {
    leaving = true;
  }

  @Override
  public void run() {
    try {
      awaitEnd();
    } finally {
      // also after an Error: a worker without a watch may outlive the pool
      if (!leaving) {
        QuickExit.exitWithGroup(EXIT_CODE);
      }
    }
  }

  /// In a thread of its own: an exit waits for hooks, while the parent may end.
  private static void exitBeside() {
    ExitMark.expect();
    new Thread(null, () -> System.exit(TERMINATED), "tandem-exit", 0, false).start();
  }

  private void awaitEnd() {
    try {
      while (stdin.read() >= 0) {
        exitBeside();
      }
    } catch (IOException _) {
      // the same as its end
    }
  }
}
