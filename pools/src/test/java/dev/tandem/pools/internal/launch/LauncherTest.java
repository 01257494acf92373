package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real workers of this JVM, whatever way the build started it.
class LauncherTest {
  @TempDir Path directory;

  @Test
  void aWorkerRunsTheSameModulesAndClassPath() throws Exception {
    Answers answers =
        Answers.of(
            launcher(), 3, "module", "tandem.worker", "fingerprint", "class.org.slf4j.Logger");

    assertThat(answers.get("module")).isEqualTo(Launcher.class.getModule().toString());
    assertThat(answers.get("tandem.worker")).isEqualTo("3");
    assertThat(answers.get("fingerprint")).isEqualTo(launcher().fingerprint);
    assertThat(answers.get("class.org.slf4j.Logger"))
        .startsWith(org.slf4j.Logger.class.getModule().toString());
  }

  @Test
  void everyModuleOfThisJvmIsInAWorker() throws Exception {
    Answers answers = Answers.of(launcher(), 1, "modules");

    assertThat(answers.get("modules").replaceAll("[\\[\\]]", "").split(", "))
        .contains(
            ModuleLayer.boot().modules().stream().map(Module::toString).toArray(String[]::new));
  }

  @Test
  void aWorkerHasAShareOfTheHeap() throws Exception {
    long share = Runtime.getRuntime().maxMemory() / 4;
    Launcher four = launcher(new LaunchOptions(4, 0, List.of(), null));

    long max = Long.parseLong(Answers.of(four, 1, "maxMemory").get("maxMemory"));

    assertThat(max).isBetween(share * 8 / 10, share + (2 << 20));
  }

  @Test
  void theUsersArgumentsWin() throws Exception {
    Launcher l =
        launcher(
            new LaunchOptions(
                1,
                64 << 20,
                List.of("-Xmx96m", "-XX:+UseParallelGC", "-Dkey=a \"b\" \\c #d"),
                null));

    Answers answers = Answers.of(l, 1, "maxMemory", "key");

    assertThat(Long.parseLong(answers.get("maxMemory"))).isBetween(80L << 20, 97L << 20);
    assertThat(answers.get("key")).isEqualTo("a \"b\" \\c #d");
  }

  @Test
  void aWorkerInheritsNoOpenFile() throws Exception {
    Files.createFile(directory.resolve("open"));
    try (var _ = Files.newInputStream(directory.resolve("open"))) {
      String files = Answers.of(launcher(), 1, "files").get("files");
      assertThat(files).contains("0 ").doesNotContain(directory.resolve("open").toString());
    }
  }

  @Test
  void aPoolInsideAWorkerIsRefused() throws Exception {
    assertThat(Answers.of(launcher(), 7, "refused").get("refused"))
        .contains("inside worker 7")
        .contains("static field")
        .contains("in main");
  }

  private Launcher launcher() {
    return launcher(new LaunchOptions(2, 0, List.of(), null));
  }

  private Launcher launcher(LaunchOptions settings) {
    return Launcher.of(settings, directory, ParentJvm.current(), EchoWorker.class.getName());
  }
}
