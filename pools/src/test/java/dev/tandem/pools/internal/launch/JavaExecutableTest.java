package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.pools.PoolStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the file `release` of a JDK says, against what the running JVM says.
class JavaExecutableTest {
  @TempDir Path home;
  private Path java;

  @BeforeEach
  void makeJdk() throws IOException {
    java = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.createFile(java);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void takesTheJdkThatItRunsOn() throws IOException {
    release("JAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nJAVA_VERSION=\"25.0.3\"\n");

    assertThat(JavaExecutable.find(jvm("25.0.3", "25.0.3+9-LTS"))).isEqualTo(java);
  }

  @Test
  void takesAnImageThatNamesOnlyTheNumbersOfItsVersion() throws IOException {
    release("JAVA_VERSION=\"28\"\nMODULES=\"java.base\"\n");

    assertThat(JavaExecutable.find(jvm("28-ea", "28-ea+18-1"))).isEqualTo(java);
  }

  @Test
  void takesAnImageThatNamesNone() throws IOException {
    assertThat(JavaExecutable.find(jvm("25.0.3", "25.0.3+9-LTS"))).isEqualTo(java);
    release("MODULES=\"java.base\"\n");
    assertThat(JavaExecutable.find(jvm("25.0.3", "25.0.3+9-LTS"))).isEqualTo(java);
  }

  @Test
  void refusesWhatTheJdkWasReplacedBy() throws IOException {
    for (String release :
        List.of("JAVA_VERSION=\"25.0.4\"\n", "JAVA_RUNTIME_VERSION=\"25.0.4+7-LTS\"\n")) {
      release(release);

      assertThatExceptionOfType(PoolStartException.class)
          .isThrownBy(() -> JavaExecutable.find(jvm("25.0.3", "25.0.3+9-LTS")))
          .withMessageContaining("is 25.0.4")
          .withMessageContaining("this JVM is 25.0.3")
          .withMessageContaining("Restart the program");
    }
  }

  private void release(String text) throws IOException {
    Files.writeString(home.resolve("release"), text);
  }

  private ParentJvm jvm(String version, String runtimeVersion) {
    return new ParentJvm(
        Map.of(
            "java.home",
            home.toString(),
            "java.version",
            version,
            "java.runtime.version",
            runtimeVersion),
        null,
        null,
        List.of(),
        0);
  }
}
