package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an [EchoWorker] answered. Fails where it printed anything else.
record Answers(Map<String, String> byQuestion, String output) {
  /// Starts a worker with these questions and waits for its end.
  static Answers of(Launcher launcher, int number, String... questions) throws Exception {
    return of(launcher.start(number, questions), questions);
  }

  /// Waits for the end of a process that was asked the questions at the end of its command.
  static Answers ofQuestions(Process process, String... command) throws Exception {
    int pool = List.of(command).lastIndexOf(LaunchParent.POOL);
    return of(process, List.of(command).subList(pool + 1, command.length).toArray(new String[0]));
  }

  /// Waits for the end of a process that was asked these questions.
  static Answers of(Process process, String... questions) throws Exception {
    process.getOutputStream().close();
    String out = text(process.getInputStream());
    String err = text(process.getErrorStream());
    assertThat(process.waitFor()).as("exit code; stdout: %s; stderr: %s", out, err).isZero();
    assertThat(err).isEmpty();
    Map<String, String> answers = new LinkedHashMap<>();
    for (String line : out.lines().toList()) {
      int equals = line.indexOf('=');
      assertThat(equals).as(line).isPositive();
      answers.put(line.substring(0, equals), line.substring(equals + 1));
    }
    assertThat(answers).containsOnlyKeys(questions);
    return new Answers(answers, out);
  }

  String get(String question) {
    return byQuestion.getOrDefault(question, "");
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
