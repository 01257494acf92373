package dev.tandem.examples.chat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many connections the operating system lets this process have.
public final class OpenFiles {
  /// Kept for jars, logs and the connections of other examples.
  private static final long RESERVE = 100;

  private OpenFiles() {}

  /// {@return `wanted`, or as many connections as may be opened, if those are fewer} In that case
  /// says so on standard error, with what to do.
  ///
  /// @param wanted how many connections are wanted
  public static int connections(int wanted) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os)) {
      return wanted; // Windows has no such limit
    }
    return connections(wanted, os.getMaxFileDescriptorCount(), os.getOpenFileDescriptorCount());
  }

  static int connections(int wanted, long limit, long open) {
    long possible = Math.max(1, limit - open - RESERVE);
    if (possible >= wanted) {
      return wanted;
    }
    System.err.printf(
        "Only %,d connections instead of %,d: this process may open %,d files."
            + " 'ulimit -n %d' before the start allows more (as root, or in limits.conf).%n",
        possible, wanted, limit, wanted + 1_000);
    return (int) possible;
  }
}
