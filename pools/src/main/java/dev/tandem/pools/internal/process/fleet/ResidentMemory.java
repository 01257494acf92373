package dev.tandem.pools.internal.process.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory a process has, where the system tells.
final class ResidentMemory {
  private static final long PAGE = 4096;

  private ResidentMemory() {}

  /// {@return the resident memory of a process in bytes; 0 if it is not known} Only Linux tells, in
  /// `/proc/<pid>/statm`.
  static long of(long pid) {
    try {
      String statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
      return Long.parseLong(statm.split(" ", 3)[1]) * PAGE;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
