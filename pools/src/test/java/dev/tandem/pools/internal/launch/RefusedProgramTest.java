package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs whose classes a worker could not find: refused with what to do instead.
class RefusedProgramTest {
  @TempDir Path home;
  private Program program;
  private Path jar;

  @BeforeEach
  void createProgram() throws Exception {
    program = new Program(home);
    jar = program.jar("all.jar");
  }

  @Test
  void aProgramStartedFromItsSource() throws Exception {
    Files.writeString(
        home.resolve("Main.java"),
        "void main() throws Exception { %s.main(new String[] {\"pool\", \"module\"}); }"
            .formatted(Program.PARENT));

    Answers answers = Answers.of(program.start("-cp", jar.toString(), "Main.java"), "refused");

    assertThat(answers.get("refused")).contains("java Main.java").contains("javac -d classes");
  }

  @Test
  void jShell() throws Exception {
    program.java = Program.JAVA.resolveSibling("jshell");
    Process process = program.start("-s", "--class-path", jar.toString(), "-");
    try (var in = process.outputWriter()) {
      in.write(Program.PARENT + ".main(new String[] {\"pool\", \"module\"});\n/exit\n");
    }

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).contains("refused=This is JShell").contains("compiled classes");
  }

  @Test
  void aClassLoaderOfItsOwn() throws Exception {
    Path source =
        Files.writeString(
            home.resolve("Server.java"),
            """
            import java.net.*;
            public class Server {
              public static void main(String[] args) throws Exception {
                URL[] jars = {URI.create(args[0]).toURL()};
                new URLClassLoader(jars, null)
                    .loadClass("%s").getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {"pool"});
              }
            }
            """
                .formatted(Program.PARENT));
    Program.tool("javac", "-d", home.toString(), source.toString());

    Answers answers =
        Answers.of(program.start("-cp", ".", "Server", jar.toUri().toString()), "refused");

    assertThat(answers.get("refused"))
        .contains("class loader java.net.URLClassLoader")
        .contains("in a JVM of its own");
  }
}
