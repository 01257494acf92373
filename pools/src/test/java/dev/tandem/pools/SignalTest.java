package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 27: somebody presses Ctrl-C or Ctrl-Z, which a terminal sends to the whole foreground group.
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "there are no process groups")
class SignalTest {
  /// What an interactive shell does: the JVM gets a process group of its own, below the shell, so
  /// that it can be stopped.
  private static final String[] SHELL = {
    "bash",
    "-c",
    "set -m; \"$@\" & job=$!; echo \"job $job\";"
        + " while kill -0 $job 2> /dev/null; do wait $job; code=$?; sleep 0.05; done;"
        + " echo \"code $code\"",
    "bash"
  };

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;
  private Mark release;

  @BeforeEach
  void name() {
    release = Mark.in(directory, "release");
  }

  private ChildJvm start(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = directory.toString();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ChildJvm.Start.PLAIN.in(probe).after(SHELL).run(Parent.class, all);
  }

  @Test
  void controlCThatTheParentHandlesDoesNotReachItsWorkers() throws Exception {
    try (ChildJvm shell = start("INT")) {
      long parent = Long.parseLong(shell.told("job"));
      List<Long> workers = shell.toldPids("workers");

      Workers.signal("INT", -parent);

      shell.told("got SIGINT");
      assertStayAlive(workers);
      release.set();
      assertThat(shell.told("result")).isIn(workers.stream().map(String::valueOf).toList());
      assertThat(shell.toldPids("later")).containsExactlyElementsOf(workers);
      assertThat(shell.told("code")).isEqualTo("0");
    }
  }

  @Test
  void controlCThatEndsTheParentEndsItsWorkers() throws Exception {
    try (ChildJvm shell = start()) {
      long parent = Long.parseLong(shell.told("job"));
      List<Long> workers = shell.toldPids("workers");

      Workers.signal("INT", -parent);

      assertThat(shell.told("code")).isEqualTo("130");
      workers.forEach(Workers::awaitGone);
      assertThat(shell.lines()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void controlZDoesNotStopWorkersAndTheirParentFindsThemAgain() throws Exception {
    try (ChildJvm shell = start()) {
      long parent = Long.parseLong(shell.told("job"));
      List<Long> workers = shell.toldPids("workers");

      Workers.signal("TSTP", -parent);

      await().until(() -> Workers.isStopped(parent));
      assertStayAlive(workers);
      Workers.signal("CONT", -parent);
      release.set();
      assertThat(shell.told("result")).isIn(workers.stream().map(String::valueOf).toList());
      assertThat(shell.toldPids("later")).containsExactlyElementsOf(workers);
      assertThat(shell.told("code")).isEqualTo("0");
    }
  }

  /// Nothing happens to the workers for as long as it takes to notice.
  private static void assertStayAlive(List<Long> workers) {
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .until(() -> workers.stream().allMatch(w -> Workers.isAlive(w) && !Workers.isStopped(w)));
  }

  /// Has a task running until it is released.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      if (args.length > 1) {
        handle(args[1]);
      }
      try (ProcessPool pool =
          Tandem.newProcessPool(2, cf -> cf.withHeartbeatTimeout(Duration.ofSeconds(1)))) {
        Mark started = Mark.in(Path.of(args[0]), "started");
        Mark release = Mark.in(Path.of(args[0]), "release");
        List<Long> workers = Workers.awaitReady(pool, 2);
        Future<Long> future = pool.submit(() -> Work.hold(started, release));
        started.await();
        System.out.println("workers " + workers);
        System.out.println("result " + future.get());
        System.out.println("later " + Workers.pids(pool));
      }
    }

    /// Does as an application that has a handler of its own; the type is not in every JDK.
    private static void handle(String signal) throws Exception {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (_, _, arguments) -> {
                System.out.println("got " + arguments[0]);
                return null;
              });
      signals
          .getMethod("handle", signals, handlers)
          .invoke(null, signals.getConstructor(String.class).newInstance(signal), handler);
    }
  }
}
