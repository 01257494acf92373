package dev.tandem.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the figures were measured on.
///
/// @param processor its model, or the architecture where the system does not tell
/// @param processors how many
/// @param gigabytes of memory
/// @param system the kernel and its version
/// @param jdk the version and the vendor
/// @param python its version; null if there is none
record Machine(
    String processor,
    int processors,
    double gigabytes,
    String system,
    String jdk,
    @Nullable String python) {
  static Machine here() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        model(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(system.getTotalMemorySize() / 1e8) / 10.0,
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
        "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")),
        Python.VERSION.orElse(null));
  }

  /// {@return the load before all began, which the script tells, as its own build is a load; null
  /// if the system does not tell}
  static @Nullable Double load() {
    String told = System.getenv("LOAD_BEFORE");
    return told == null || told.isEmpty() ? null : Double.valueOf(told);
  }

  private static String model() {
    Path cpus = Path.of("/proc/cpuinfo");
    if (Files.exists(cpus)) {
      try (var lines = Files.lines(cpus)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        System.err.println("no model of the processor: " + e);
      }
    }
    return System.getProperty("os.arch");
  }

  @Override
  public String toString() {
    return "%d x %s, %s GB, %s, JDK %s, %s"
        .formatted(
            processors, processor, gigabytes, system, jdk, python == null ? "no Python" : python);
  }
}
