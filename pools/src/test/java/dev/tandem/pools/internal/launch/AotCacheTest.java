package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The AOT cache of programs that run from a jar.
class AotCacheTest {
  @TempDir Path temp;
  private Path home;
  private Program program;
  private Path jar;
  private Path cache;
  private Path loaded;

  @BeforeEach
  void createProgram() throws Exception {
    home = Files.createDirectory(temp.resolve("a b"));
    program = new Program(home);
    jar = program.jar("all.jar");
    cache = home.resolve("worker.aot");
    loaded = home.resolve("loaded");
  }

  @Test
  void aCacheIsTrainedUsedAndTrainedAgainWhenTheJarChanges() throws Exception {
    Answers first =
        run("--train", "obstacle", "needed", "trained", "still", "fingerprint", "module");
    assertThat(first.byQuestion().values()).startsWith("null", "true", "true", "false");
    assertThat(fromCache()).as("a worker started after the training").isTrue();

    Answers second = run("--train", "obstacle", "needed", "module");
    assertThat(second.byQuestion().values()).startsWith("null", "false");
    assertThat(fromCache()).as("a worker of the next program").isTrue();

    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
    Answers third = run("", "module");
    assertThat(third.output()).hasLineCount(1);
    assertThat(fromCache()).as("a worker whose jar has changed").isFalse();

    Answers fourth = run("--train", "obstacle", "needed", "trained", "still", "module");
    assertThat(fourth.byQuestion().values()).startsWith("null", "true", "true", "false");
    assertThat(fromCache()).isTrue();
    assertThat(leftovers()).containsOnly("worker.aot", "worker.aot.id");
  }

  @Test
  void aBrokenCacheThatSeemsToFitIsIgnoredWithoutAWord() throws Exception {
    run("--train", "obstacle", "needed", "trained", "still", "module");
    Path id = home.resolve("worker.aot.id");
    String good = Files.readString(id);
    Files.write(cache, new byte[10_000]);
    Files.writeString(id, good.lines().findFirst().orElseThrow() + "\n" + AotCache.stamp(cache));

    Answers answers = run("", "module");

    assertThat(answers.output()).hasLineCount(1);
    assertThat(fromCache()).isFalse();
  }

  @Test
  void whatIsBeingTrainedIsNotTrainedTwice() throws Exception {
    Launcher launcher = launcher();
    try (AotTraining training = launcher.train(0, "wait")) {
      assertThat(training).isNotNull();
      assertThat(launcher().train(0)).isNull();

      Answers answers = run("--train", "obstacle", "needed", "trained", "still", "module");
      assertThat(answers.byQuestion().values()).startsWith("null", "true", "false", "true");
    }
    assertThat(leftovers()).isEmpty();
    try (AotTraining training = launcher.train(0)) {
      assertThat(training).isNotNull();
    }
  }

  @Test
  void aDirectoryOnTheClassPathIsAnObstacle() throws Exception {
    Answers answers =
        Answers.of(
            program.start(
                "-cp",
                Program.path(jar, home),
                Program.PARENT,
                LaunchParent.POOL,
                "--aot=" + cache,
                "--train",
                "module"),
            "obstacle",
            "needed",
            "module");

    assertThat(answers.get("obstacle")).contains("jars only").contains(home + " is a directory");
    assertThat(answers.get("needed")).isEqualTo("false");
  }

  private Launcher launcher() {
    ParentJvm jvm = ParentJvm.current();
    var properties = new HashMap<>(jvm.properties());
    properties.put("java.class.path", jar.toString());
    properties.remove("jdk.module.path");
    properties.remove("jdk.module.main");
    return Launcher.of(
        new LaunchOptions(1, 0, List.of(), cache),
        home.resolve(LaunchParent.POOL),
        new ParentJvm(properties, null, null, List.of(), 256 << 20),
        EchoWorker.class.getName());
  }

  private Answers run(String option, String... expected) throws Exception {
    List<String> command = new ArrayList<>(List.of("-cp", jar.toString(), Program.PARENT));
    command.addAll(List.of(LaunchParent.POOL, "--aot=" + cache));
    command.add("--jvm=-Xlog:class+load:file=" + loaded.getFileName());
    if (!option.isEmpty()) {
      command.add(option);
    }
    for (String question : expected) {
      if (List.of("fingerprint", "module").contains(question)) {
        command.add(question);
      }
    }
    return Answers.of(program.start(command.toArray(new String[0])), expected);
  }

  private boolean fromCache() throws Exception {
    String worker = EchoWorker.class.getName() + " source: ";
    String line =
        Files.readAllLines(loaded).stream().filter(l -> l.contains(worker)).findAny().orElseThrow();
    return line.contains("shared objects file");
  }

  private List<String> leftovers() throws Exception {
    try (var files = Files.list(home)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.startsWith("worker.aot"))
          .toList();
    }
  }
}
