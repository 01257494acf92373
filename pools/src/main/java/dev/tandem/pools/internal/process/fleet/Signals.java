package dev.tandem.pools.internal.process.fleet;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The signals behind exit codes.
final class Signals {
  private static final int BASE = 128;
  private static final int LAST = 64;

  private static final Map<Integer, String> COMMON =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"));
  private static final Map<Integer, String> LINUX =
      Map.of(7, "SIGBUS", 10, "SIGUSR1", 12, "SIGUSR2", 31, "SIGSYS");
  private static final Map<Integer, String> MAC =
      Map.of(10, "SIGBUS", 12, "SIGSYS", 30, "SIGUSR1", 31, "SIGUSR2");

  /// What the processor, or the program itself, raises when it has gone wrong.
  private static final Set<String> OF_A_CRASH =
      Set.of("SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV", "SIGSYS");

  private static final String OS = System.getProperty("os.name", "");

  private Signals() {}

  /// {@return the name of the signal that an exit code stands for, or null if it stands for none}
  static @Nullable String of(int exitCode) {
    int signal = exitCode - BASE;
    if (signal <= 0 || signal > LAST || OS.startsWith("Windows")) {
      return null;
    }
    String own = (OS.startsWith("Mac") ? MAC : LINUX).get(signal);
    return own != null ? own : COMMON.getOrDefault(signal, "signal " + signal);
  }

  static boolean isOfCrash(String signal) {
    return OF_A_CRASH.contains(signal);
  }
}
