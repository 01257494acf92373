package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/// A program in a jar of jars, as Spring Boot's build plug-ins make it.
class SpringBootProgramTest {
  @TempDir Path home;

  @Test
  void aNestedJarWorks() throws Exception {
    Program program = new Program(home);
    Path libraries = Files.createDirectories(home.resolve("nested/BOOT-INF/lib"));
    Files.createDirectories(home.resolve("nested/BOOT-INF/classes"));
    Files.move(program.jar("all.jar"), libraries.resolve("all.jar"));
    Path loader = Files.createDirectory(home.resolve("loader"));
    extract(Program.origin(JarLauncher.class), loader);
    Path manifest =
        Files.writeString(
            home.resolve("m"),
            "Main-Class: %s\nStart-Class: %s\nSpring-Boot-Classes: BOOT-INF/classes/\nSpring-Boot-Lib: BOOT-INF/lib/\n"
                .formatted(JarLauncher.class.getName(), Program.PARENT));
    // nested jars have to be stored as they are
    Program.tool(
        "jar",
        "--create",
        "--no-compress",
        "--file",
        home.resolve("boot.jar").toString(),
        "--manifest",
        manifest.toString(),
        "-C",
        loader.toString(),
        "org",
        "-C",
        home.resolve("nested").toString(),
        ".");
    String parent = "class." + Program.PARENT;

    Answers answers =
        Answers.of(
            program.start(
                "-jar", "boot.jar", LaunchParent.POOL, "tandem.worker", parent, "refused"),
            "tandem.worker",
            parent,
            "refused");

    assertThat(answers.get("tandem.worker")).isEqualTo("1");
    assertThat(answers.get(parent)).contains("LaunchedClassLoader");
    assertThat(answers.get("refused")).contains("inside worker 1");
  }

  private static void extract(Path jar, Path into) {
    Program.tool("jar", "--extract", "--file", jar.toString(), "--dir", into.toString());
  }
}
