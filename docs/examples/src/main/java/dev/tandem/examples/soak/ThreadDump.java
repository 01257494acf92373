package dev.tandem.examples.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All threads of this JVM, virtual ones included.
final class ThreadDump {
  private static final Pattern HEADER = Pattern.compile("#\\d+ \"(.*)\"( virtual)? [A-Z_]+ .*");

  private ThreadDump() {}

  static String text() throws IOException {
    Path directory = Files.createTempDirectory("soak-dump");
    Path file = directory.resolve("threads");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  /// {@return the names of all threads; those without a name by their kind}
  static List<String> names() throws IOException {
    return names(text().lines());
  }

  private static List<String> names(Stream<String> lines) {
    return lines
        .map(HEADER::matcher)
        .filter(Matcher::matches)
        .map(header -> header.group(2) == null ? header.group(1) : "virtual " + header.group(1))
        .toList();
  }
}
