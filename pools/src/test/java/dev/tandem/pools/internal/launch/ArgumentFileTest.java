package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.pools.PoolStartException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentFileTest {
  @TempDir Path directory;

  @Test
  void theLauncherReadsEveryArgumentAsItIs() throws Exception {
    String odd = "a b\t'c' \"d\" \\e #f \r\n g\\";
    Path file = directory.resolve("file");
    ArgumentFile.write(
        file,
        List.of("-Dodd=" + odd, "-D#=#", "-Dlast=" + "x".repeat(50_000)),
        StandardCharsets.UTF_8);
    Program program = new Program(directory);
    Path jar = program.jar("all.jar");

    Answers answers =
        Answers.of(
            program.start(
                "@file", "-cp", jar.toString(), EchoWorker.class.getName(), "odd", "#", "last"),
            "odd",
            "#",
            "last");

    assertThat(answers.get("odd")).isEqualTo(odd.replace("\n", "\\n").replace("\r", "\\r"));
    assertThat(answers.get("#")).isEqualTo("#");
    assertThat(answers.get("last")).hasSize(50_000);
  }

  @Test
  void whatThePlatformCannotWriteIsNamed() {
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() ->
            ArgumentFile.write(
                directory.resolve("file"),
                List.of("-Da=1", "-Db=\u00fc"),
                StandardCharsets.US_ASCII))
        .withMessageContaining("-Db=\u00fc")
        .withMessageContaining("US-ASCII")
        .withMessageContaining("UTF-8 locale");
  }
}
