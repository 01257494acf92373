package dev.tandem.pools.internal.process.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The traces that `-XX:+ExitOnOutOfMemoryError` leaves: an exit code that anything may use, and a
/// line on the standard output.
final class JvmOutOfMemory {
  static final int EXIT_CODE = 3;

  private static final String MARKER = "Terminating due to ";
  private static final String ERROR = "java.lang.OutOfMemoryError";

  private JvmOutOfMemory() {}

  /// {@return the error in the worker's own words, or null if it did not end that way}
  static @Nullable String find(WorkerEnd end) {
    return end.exitCode() == EXIT_CODE && !end.orderly() ? find(end.output()) : null;
  }

  private static @Nullable String find(List<String> lines) {
    for (String line : lines.reversed()) {
      // not at the start: a print without a line's end may precede it
      int at = line.lastIndexOf(MARKER + ERROR);
      if (at >= 0) {
        return line.substring(at + MARKER.length()).strip();
      }
    }
    return null;
  }

  /// {@return what can be done about it}
  ///
  /// @param maxHeap in bytes, or 0 if only the arguments of its JVM say it
  static String advice(String error, long maxHeap) {
    if (error.contains("Metaspace") || error.contains("class space")) {
      return "it loads too many classes for -XX:MaxMetaspaceSize (withJvmArguments)";
    }
    if (error.contains("array size")) {
      return "no array can be that long, whatever the heap";
    }
    return maxHeap > 0
        ? "its heap is limited to " + mebibytes(maxHeap) + " (withMaxHeap)"
        : "its heap is limited by its JVM arguments (withJvmArguments)";
  }

  private static String mebibytes(long bytes) {
    return bytes >> 20 > 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
  }
}
