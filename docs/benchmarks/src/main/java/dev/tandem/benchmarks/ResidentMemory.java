package dev.tandem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory a process has.
public final class ResidentMemory {
  private ResidentMemory() {}

  /// {@return the resident memory of a process} Kernel memory, such as socket buffers, is not in
  /// it.
  ///
  /// @param pid the process
  /// @throws IOException if the system does not tell
  public static long bytes(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          return kibibytes(line.replaceAll("\\D", ""));
        }
      }
    }
    var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + pid).start();
    try (var lines = ps.inputReader()) {
      return kibibytes(lines.readLine());
    }
  }

  private static long kibibytes(String number) {
    return Long.parseLong(number.strip()) * 1024;
  }
}
