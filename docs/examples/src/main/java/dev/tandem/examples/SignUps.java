package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.examples.site.Slow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// People sign up, and get their answer at once: the e-mail and the log entry follow in the
/// background. A failure there is not lost: the executor logs it with its stack, the listener is
/// told, and closing says what did not end.
final class SignUps implements AutoCloseable {
  /// Ten people, one of whom mistyped.
  static final List<String> PEOPLE =
      List.of(
          "ada", "alan", "barbara", "donald", "edsger", "frances", "grace", "tony", "niklaus", "@");

  /// What became of the sign-ups.
  record Report(Set<String> mailed, Set<String> logged, Set<String> failed) {}

  private final Set<String> mailed = ConcurrentHashMap.newKeySet();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  private final TaskExecutor background =
      Tandem.newVirtualThreadExecutor(cf ->
          cf.withName("background")
              .withListener(TaskListener.onFailure((task, _) -> failed.add(task.name()))));

  /// Answers at once.
  void signUp(String person) {
    var _ = background.submit(Task.of("mail " + person, () -> mail(person)));
    var _ = background.submit(Task.of("log " + person, () -> log(person)));
  }

  /// Answers when the mail is sent and the log written.
  void signUpAndWait(String person) throws InterruptedException {
    try {
      mail(person);
    } catch (IOException e) {
      failed.add("mail " + person);
    }
    log(person);
  }

  private void mail(String person) throws IOException, InterruptedException {
    Slow.io(50);
    if (person.equals("@")) {
      throw new IOException("no such mailbox: " + person);
    }
    mailed.add(person);
  }

  private void log(String person) throws InterruptedException {
    Slow.io(5);
    logged.add(person);
  }

  /// Waits for the background, five seconds at most.
  @Override
  public void close() {
    for (TaskInfo task : background.close(Duration.ofSeconds(5))) {
      System.err.println(task.name() + " did not stop");
    }
  }

  private Report report() {
    return new Report(Set.copyOf(mailed), Set.copyOf(logged), Set.copyOf(failed));
  }

  static Report sequential() throws InterruptedException {
    var app = new SignUps();
    try (app) {
      for (String person : PEOPLE) {
        app.signUpAndWait(person);
      }
    }
    return app.report();
  }

  static Report inBackground() {
    var app = new SignUps();
    try (app) {
      PEOPLE.forEach(app::signUp);
    }
    return app.report();
  }

  static void main() throws Exception {
    Timed.print("sequential", SignUps::sequential);
    var app = new SignUps();
    try (app) {
      Timed.print(
          "all answered",
          () -> {
            PEOPLE.forEach(app::signUp);
            return PEOPLE.size() + " people";
          });
      Timed.print(
          "all done",
          () -> {
            app.close();
            return app.report();
          });
    }
  }
}
