package dev.tandem.pools.internal.launch;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// The start of a process, if there are open files left for it.
///
/// A start that runs out of them half-way closes descriptors that it never opened, those whose
/// numbers happen to be on its stack (`forkAndExec` of JDK 25 does not initialize the last of its
/// pipes): the standard input, a connection of the application. Whether there are enough is
/// therefore found out before. Another thread can still take them in between; so more are asked for
/// than a start takes.
public final class ProcessStart {
  /// A start opens ten at a time, and a worker's connections come soon after.
  private static final int NEEDED = 24;

  private static final boolean opensPipes = !System.getProperty("os.name", "").startsWith("Win");

  private ProcessStart() {}

  /// Starts a process.
  ///
  /// @throws IOException if the operating system does not start it, or would have too few open
  ///   files for it
  public static Process start(ProcessBuilder builder) throws IOException {
    if (opensPipes) {
      checkFiles(builder.command().getFirst());
    }
    return builder.start();
  }

  private static void checkFiles(String program) throws IOException {
    Deque<FileInputStream> open = new ArrayDeque<>(NEEDED);
    try {
      while (open.size() < NEEDED) {
        open.push(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      throw new IOException(
          "files that can be opened: %s (expected: %s, to start %s): %s"
              .formatted(open.size(), NEEDED, program, e.getMessage()),
          e);
    } finally {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    }
  }
}
