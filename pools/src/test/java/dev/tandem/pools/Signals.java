package dev.tandem.pools;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What this JVM, and so each process that it starts, does with signals.
final class Signals {
  private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TSTP", 20);

  private Signals() {}

  /// {@return the start of a command line that gives a process the default action of these signals}
  ///
  /// A shell without job control ignores SIGINT in what it starts in the background (`mvn verify &`
  /// in a script), and what is ignored is inherited, also by a JVM. Skips the test if that is so
  /// and no program here can change it.
  static String[] heard(String... names) throws Exception {
    String ignored = String.join(",", List.of(names).stream().filter(Signals::isIgnored).toList());
    if (ignored.isEmpty()) {
      return new String[0];
    }
    String[] env = {"env", "--default-signal=" + ignored}; // of the GNU coreutils
    boolean works = runs(env[0], env[1], "true");
    assumeTrue(works, ignored + ": ignored by this JVM, and env cannot give it back its default");
    return env;
  }

  private static boolean isIgnored(String name) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(mask -> (mask >>> (NUMBERS.get(name) - 1) & 1) != 0);
    } catch (IOException e) {
      return false; // no Linux: nothing is known
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
