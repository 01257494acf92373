package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;
  private Mark release;

  @BeforeEach
  void name() {
    release = Mark.in(directory, "release");
  }

  /// {@return a JVM with a process group of its own, as shells give one to a command}
  private ChildJvm start(String... handled) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(directory.toString()));
    arguments.addAll(List.of(handled));
    return ChildJvm.Start.with("--enable-native-access=ALL-UNNAMED")
        .in(probe)
        .after(Signals.heard("INT", "TSTP"))
        .run(Parent.class, arguments.toArray(String[]::new));
  }

  @Test
  void controlCThatTheParentHandlesDoesNotReachItsWorkers() throws Exception {
    try (ChildJvm parent = start("INT")) {
      List<Long> workers = parent.toldPids("workers");

      Workers.signal("INT", -parent.pid());

      parent.told("got SIGINT");
      assertStayAlive(workers);
      release.set();
      assertThat(workers).contains(Long.valueOf(parent.told("result")));
      assertThat(parent.toldPids("later")).containsExactlyElementsOf(workers);
      assertThat(parent.exitCode()).isZero();
    }
  }

  @Test
  void controlCThatEndsTheParentEndsItsWorkers() throws Exception {
    try (ChildJvm parent = start()) {
      List<Long> workers = parent.toldPids("workers");

      Workers.signal("INT", -parent.pid());

      assertThat(parent.exitCode()).isEqualTo(130);
      workers.forEach(Workers::awaitGone);
      assertThat(parent.lines()).noneMatch(line -> line.contains("WARN"));
    }
  }

  @Test
  void controlZDoesNotStopWorkersAndTheirParentFindsThemAgain() throws Exception {
    try (ChildJvm parent = start()) {
      List<Long> workers = parent.toldPids("workers");

      Workers.signal("TSTP", -parent.pid());

      await().until(() -> Workers.isStopped(parent.pid()));
      assertStayAlive(workers);
      Workers.signal("CONT", -parent.pid());
      release.set();
      assertThat(workers).contains(Long.valueOf(parent.told("result")));
      assertThat(parent.toldPids("later")).containsExactlyElementsOf(workers);
      assertThat(parent.exitCode()).isZero();
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
      takeGroupOfItsOwn();
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

    @SuppressWarnings("restricted")
    private static void takeGroupOfItsOwn() {
      Linker linker = Linker.nativeLinker();
      var setpgid =
          linker.downcallHandle(
              linker.defaultLookup().find("setpgid").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      try {
        assertThat((int) setpgid.invokeExact(0, 0)).isZero();
      } catch (Throwable e) {
        throw new AssertionError(e);
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
