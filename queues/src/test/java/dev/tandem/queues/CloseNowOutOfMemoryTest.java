package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A closeNow that has no memory for its list leaves the elements where they are, and another one
/// gets them all.
class CloseNowOutOfMemoryTest {
  /// Also where the tests' classes are patched into the module.
  private static String classPath() throws URISyntaxException {
    return Stream.of(
            root(OutOfMemoryChild.class),
            root(Channel.class),
            System.getProperty("java.class.path"),
            System.getProperty("jdk.module.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String root(Class<?> c) throws URISyntaxException {
    Path file =
        Path.of(
            Objects.requireNonNull(c.getResource(c.getSimpleName() + ".class"), "class").toURI());
    Path root = file;
    for (long i = c.getName().chars().filter(ch -> ch == '.').count() + 1; i > 0; i--) {
      root = Objects.requireNonNull(root.getParent(), "parent");
    }
    return root.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RING", "UNBOUNDED", "LIFO", "PRIORITY"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void whatCouldNotBeListedStaysInTheChannel(String shape) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                OutOfMemoryChild.class.getName(),
                shape)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said.strip())
          .as("closeNow failed, all came back, drained, all done")
          .isEqualTo("true true true true");
    } finally {
      child.destroyForcibly();
    }
  }
}
