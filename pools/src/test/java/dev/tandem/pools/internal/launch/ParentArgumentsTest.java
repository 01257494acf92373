package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentArgumentsTest {
  @Test
  void aPlainCommandLineNeedsNoMoreQuestions() {
    assertThat(mayBeCarried("/jdk/bin/java", "-Xmx1g", "-Dx=--y", "-cp", "a", "Main", "x"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--add-opens",
        "@arguments",
        "-XX:Flags=x",
        "-XX:VMOptionsFile=x",
        "--enable-preview"
      })
  void whatMayHideAnOptionIsLookedAt(String argument) {
    assertThat(mayBeCarried("/jdk/bin/java", "-Xmx1g", argument, "x", "Main")).isTrue();
  }

  @Test
  void anotherProgramThanJavaIsLookedAt() {
    assertThat(mayBeCarried("/opt/app/bin/app", "x")).isTrue();
    assertThat(ParentArguments.mayBeCarried("", Map.of())).isTrue();
  }

  @Test
  void variablesThatHoldOptionsAreLookedAt() {
    String plain = "java\0Main\0";
    assertThat(ParentArguments.mayBeCarried(plain, Map.of("PATH", "x"))).isFalse();
    for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      assertThat(ParentArguments.mayBeCarried(plain, Map.of(name, "x"))).isTrue();
    }
  }

  private static boolean mayBeCarried(String... commandLine) {
    return ParentArguments.mayBeCarried(String.join("\0", commandLine) + "\0", Map.of());
  }
}
