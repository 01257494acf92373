package dev.tandem.pools;

import java.util.concurrent.TimeUnit;

/// What tasks in workers do.
public final class Work {
  private Work() {}

  /// {@return the id of the process that runs this}
  static long pid() {
    return ProcessHandle.current().pid();
  }

  /// Tells that it runs, and waits for leave to end.
  ///
  /// @return the id of the process
  public static long hold(Mark started, Mark release) throws InterruptedException {
    started.set();
    release.await();
    return pid();
  }

  /// Tells that it runs, and loops until the process is killed.
  static long spin(Mark started) {
    started.set();
    return spin();
  }

  /// Loops until the process is killed.
  static long spin() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  /// Takes a while.
  static int pause(int micros) throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(micros);
    return micros;
  }
}
