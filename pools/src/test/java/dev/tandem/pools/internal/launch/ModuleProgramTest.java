package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program whose main class is in a named module of its own.
class ModuleProgramTest {
  private static final String EXPORT = "dev.tandem/" + LaunchParent.class.getPackageName() + "=app";

  @TempDir Path home;
  private Program program;
  private String modulePath;

  @BeforeEach
  void compileModule() throws Exception {
    program = new Program(home);
    Path tandem = program.jar("tandem.jar");
    Path source = Files.createDirectories(home.resolve("source"));
    Files.writeString(source.resolve("module-info.java"), "module app { requires dev.tandem; }");
    Files.writeString(
        Files.createDirectory(source.resolve("app")).resolve("Main.java"),
        """
        package app;
        public class Main {
          public static void main(String[] args) throws Exception {
            %s.main(args);
          }
        }
        """
            .formatted(Program.PARENT));
    String libraries = Program.path(tandem, Program.path(Program.otherModules().toArray()));
    Program.tool(
        "javac",
        "-d",
        home.resolve("app").toString(),
        "--module-path",
        libraries,
        "--add-exports",
        EXPORT,
        source.resolve("module-info.java").toString(),
        source.resolve("app/Main.java").toString());
    modulePath = Program.path("app", libraries);
  }

  @Test
  void aWorkerHasTheModulesOfTheProgram() throws Exception {
    Answers answers = run("module", "class.app.Main", "modules", "fingerprint");

    assertThat(answers.get("module")).isEqualTo("module dev.tandem");
    assertThat(answers.get("class.app.Main")).startsWith("module app ");
    // resolved from the program's main module alone, as in the parent
    assertThat(answers.get("modules"))
        .contains("module java.management")
        .doesNotContain("java.sql");
  }

  @Test
  void modulesThatWereAddedOrPatchedAreSoInAWorker() throws Exception {
    Path patch = Files.createDirectories(home.resolve("patch/app"));
    Path source = Files.writeString(home.resolve("Added.java"), "package app; class Added {}");
    Program.tool("javac", "-d", patch.getParent().toString(), source.toString());

    Answers answers =
        Answers.ofQuestions(
            program.start(
                command(
                    List.of(
                        "--add-modules",
                        "java.sql",
                        "--patch-module",
                        "app=patch",
                        "--add-opens",
                        "java.base/java.lang=dev.tandem"),
                    "class.java.sql.Driver",
                    "class.app.Added",
                    "opens.java.lang")),
            command(List.of(), "class.java.sql.Driver", "class.app.Added", "opens.java.lang"));

    assertThat(answers.get("class.java.sql.Driver")).startsWith("module java.sql ");
    assertThat(answers.get("class.app.Added")).startsWith("module app ");
    assertThat(answers.get("opens.java.lang")).isEqualTo("true");
  }

  private Answers run(String... questions) throws Exception {
    String[] command = command(List.of(), questions);
    return Answers.ofQuestions(program.start(command), command);
  }

  private String[] command(List<String> more, String... questions) {
    List<String> all = new ArrayList<>(List.of("-p", modulePath, "--add-exports", EXPORT));
    all.addAll(more);
    all.addAll(List.of("-m", "app/app.Main", LaunchParent.POOL));
    all.addAll(List.of(questions));
    return all.toArray(new String[0]);
  }
}
