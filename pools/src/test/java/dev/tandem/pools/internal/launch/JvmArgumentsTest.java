package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Main",
        "@file",
        "-cp",
        "-classpath",
        "--class-path",
        "--class-path=x",
        "-p",
        "--module-path=x",
        "-jar",
        "-m",
        "--module=m/x",
        "--source",
        "-version",
        "--help",
        "-X",
        "--dry-run",
        " -Xss2m",
        "-Dtandem.worker=1",
        "-Dtandem.worker"
      })
  void whatWouldStartSomethingElseIsRefused(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JvmArguments.check(List.of("-Xss2m", argument)))
        .withMessageContaining("args[1]")
        .withMessageContaining("\"" + argument + "\"")
        .withMessageContaining("expected");
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> JvmArguments.check(Arrays.asList("-Xss2m", null)))
        .withMessageContaining("args[1]");
  }

  @Test
  void anOptionOfTwoWordsNeedsItsSecond() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JvmArguments.check(List.of("-Xss2m", "--add-opens")))
        .withMessageContaining("--add-opens")
        .withMessageContaining("value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JvmArguments.check(List.of("--add-opens", "-Xss2m")))
        .withMessageContaining("args[1]");
  }

  @Test
  void optionsOfTheJvmAreAccepted() {
    assertThatCode(() ->
            JvmArguments.check(
                List.of(
                    "-Xss2m",
                    "-Dtandem.workers=3",
                    "-Dempty=",
                    "-ea",
                    "-XX:+UseParallelGC",
                    "-javaagent:a b.jar=x",
                    "--add-opens",
                    "java.base/java.lang=ALL-UNNAMED",
                    "--add-modules=java.sql",
                    "-showversion")))
        .doesNotThrowAnyException();
  }
}
