package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that run on an image made by jlink.
class ImageProgramTest {
  @TempDir static Path temp;
  private static Path image;
  private static Path java;

  @TempDir Path home;

  @BeforeAll
  static void link() throws Exception {
    image = temp.resolve("image");
    // not as a tool of this JVM: a patched one cannot link
    Process jlink =
        new ProcessBuilder(
                Program.JAVA.resolveSibling("jlink").toString(),
                "--add-modules",
                "java.base,java.management",
                "--output",
                image.toString())
            .inheritIO()
            .start();
    assertThat(jlink.waitFor()).isZero();
    java = image.resolve("bin/java");
  }

  @Test
  void anImageWorks() throws Exception {
    assertThat(run(java, "java.home").get("java.home")).isEqualTo(image.toString());
  }

  @Test
  void anImageWithoutCommandsIsRefused() throws Exception {
    Path renamed = Files.move(java, java.resolveSibling("program"));
    try {
      assertThat(run(renamed, "refused").get("refused"))
          .contains("no executable " + java)
          .contains("--strip-native-commands");
    } finally {
      Files.move(renamed, java);
    }
  }

  @Test
  void aJdkThatWasReplacedIsRefused() throws Exception {
    Path release = image.resolve("release");
    String text = Files.readString(release);
    String version = System.getProperty("java.version", "");
    Files.writeString(release, text.replace(version, "99.0.1"));
    try {
      assertThat(run(java, "refused").get("refused"))
          .contains("is 99.0.1")
          .contains("this JVM is " + version)
          .contains("Restart the program");
    } finally {
      Files.writeString(release, text);
    }
  }

  private Answers run(Path command, String question) throws Exception {
    Program program = new Program(home);
    program.java = command;
    Path jar = program.jar("all.jar");
    return Answers.of(
        program.start("-cp", jar.toString(), Program.PARENT, LaunchParent.POOL, question),
        question);
  }
}
