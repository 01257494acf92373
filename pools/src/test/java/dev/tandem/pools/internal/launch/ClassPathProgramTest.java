package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs on the class path, from a fat jar, and with unusual paths.
class ClassPathProgramTest {
  @TempDir Path temp;
  private Path home;
  private Program program;

  @BeforeEach
  void createProgram() throws Exception {
    // a name with all that an argument file treats in its own way
    home = Files.createDirectories(temp.resolve("a b'\"#\\c\u00fc %p"));
    program = new Program(home);
  }

  @Test
  void relativeAndEmptyEntriesOfTheClassPathAreTheSameInAWorker() throws Exception {
    program.jar("lib.jar");
    Path lib = Files.createDirectory(home.resolve("lib"));
    Files.move(home.resolve("lib.jar"), lib.resolve("all.jar"));

    Answers answers =
        run(
            "-cp",
            Program.path("", "lib/*"),
            Program.PARENT,
            LaunchParent.POOL,
            "java.class.path",
            "module");

    assertThat(answers.get("java.class.path"))
        .isEqualTo(Program.path(home, lib.resolve("all.jar")));
    assertThat(answers.get("module")).startsWith("unnamed module");
  }

  @Test
  void aFatJarWorks() throws Exception {
    program.jar("all.jar", "Main-Class: " + Program.PARENT);

    Answers answers = run("-jar", "all.jar", LaunchParent.POOL, "java.class.path");

    assertThat(answers.get("java.class.path")).isEqualTo(home.resolve("all.jar").toString());
  }

  @Test
  void theManifestOfAnExecutableJarHoldsInAWorker() throws Exception {
    program.jar("lib.jar");
    Path empty = Files.createDirectory(home.resolve("empty"));
    Path manifest =
        Files.writeString(
            home.resolve("m"),
            "Main-Class: "
                + Program.PARENT
                + "\nClass-Path: lib.jar\nAdd-Opens: java.base/sun.nio.ch"
                + " java.base/java.lang\nEnable-Native-Access: ALL-UNNAMED\n");
    Program.tool(
        "jar",
        "--create",
        "--file",
        home.resolve("thin.jar").toString(),
        "--manifest",
        manifest.toString(),
        "-C",
        empty.toString(),
        ".");

    Answers answers =
        run(
            "-jar",
            "thin.jar",
            LaunchParent.POOL,
            "opens.java.lang",
            "opens.sun.nio.ch",
            "opens.java.net",
            "native");

    assertThat(answers.byQuestion().values()).containsExactly("true", "true", "false", "true");
  }

  @Test
  void optionsOfModulesAreCarriedAndNothingElseIs() throws Exception {
    Path jar = program.jar("all.jar");
    program.environment.put("JDK_JAVA_OPTIONS", "--add-opens java.base/java.util=ALL-UNNAMED");
    program.environment.put("_JAVA_OPTIONS", "-Dfrom.environment=1");
    program.environment.put("CLASSPATH", "elsewhere");

    Process process =
        program.start(
            "--add-opens",
            "java.base/java.net=ALL-UNNAMED",
            "-Dkey=value",
            "-Xmx300m",
            "-XX:+UseParallelGC",
            "-cp",
            jar.toString(),
            Program.PARENT,
            LaunchParent.POOL,
            "opens.java.net",
            "opens.java.util",
            "key",
            "from.environment",
            "env._JAVA_OPTIONS",
            "env.JDK_JAVA_OPTIONS",
            "env.CLASSPATH");
    String said = new String(process.getErrorStream().readAllBytes());
    Answers answers =
        Answers.of(
            process,
            "opens.java.net",
            "opens.java.util",
            "key",
            "from.environment",
            "env._JAVA_OPTIONS",
            "env.JDK_JAVA_OPTIONS",
            "env.CLASSPATH");

    assertThat(answers.byQuestion().values())
        .containsExactly("true", "true", "null", "null", "null", "null", "null");
    // the parent's own two lines, and none of a worker
    assertThat(said.lines()).hasSize(2).allMatch(line -> line.contains("Picked up"));
  }

  private Answers run(String... arguments) throws Exception {
    return Answers.ofQuestions(program.start(arguments), arguments);
  }
}
