package dev.tandem.pools.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The profile `fuzz`: runs Jazzer, a fuzzer that is led by coverage, on each [FuzzTarget], each in
/// a JVM of its own, one after the other.
///
/// In a target's directory are its messages to begin with (`seeds`), what the fuzzer has kept as it
/// reached more code (`kept`), what broke a contract (`found`), and what the fuzzer has said
/// (`log`).
final class FuzzRun {
  private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: (\\d+)");

  private final Path directory;
  private final int seconds;

  private FuzzRun(Path directory, int seconds) {
    this.directory = directory;
    this.seconds = seconds;
  }

  /// @param args the directory, how many seconds a target is run, and the target, if it is not all
  public static void main(String[] args) throws Exception {
    FuzzRun run = new FuzzRun(Path.of(args[0]).toAbsolutePath(), Integer.parseInt(args[1]));
    boolean sound = true;
    for (FuzzTarget target : FuzzTarget.values()) {
      if (args.length < 3 || args[2].isBlank() || target.name().equals(args[2])) {
        sound &= run.run(target);
      }
    }
    if (!sound) {
      System.exit(1);
    }
  }

  private boolean run(FuzzTarget target) throws IOException, InterruptedException {
    Path own = directory.resolve(target.name());
    Path found = Files.createDirectories(own.resolve("found"));
    Path kept = Files.createDirectories(own.resolve("kept"));
    Path seeds = Files.createDirectories(own.resolve("seeds"));
    List<byte[]> messages = new ArrayList<>(target.seeds());
    messages.addAll(target.kept());
    for (int i = 0; i < messages.size(); i++) {
      Files.write(seeds.resolve("message-" + i), messages.get(i));
    }
    Path log = own.resolve("log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx600m",
            "-Xshare:off", // what is instrumented cannot be shared
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.owner().getName(),
            "--instrumentation_includes=dev.tandem.**",
            "--custom_hook_includes=dev.tandem.**",
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-max_total_time=" + seconds,
            "-timeout=20",
            "-rss_limit_mb=0", // the heap has a limit
            "-max_len=4096",
            "-print_final_stats=1",
            kept.toString(),
            seeds.toString());
    int exit =
        new ProcessBuilder(command)
            .directory(own.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    System.out.printf("fuzz: %s: %s inputs, %s%n", target, executed(log), outcome(exit, found));
    return exit == 0;
  }

  private static String outcome(int exit, Path found) throws IOException {
    if (exit == 0) {
      return "nothing found";
    }
    try (Stream<Path> files = Files.list(found)) {
      return "exit code " + exit + ", see the log beside " + files.toList();
    }
  }

  private static String executed(Path log) throws IOException {
    Matcher matcher = EXECUTED.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
    String last = "?";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }
}
