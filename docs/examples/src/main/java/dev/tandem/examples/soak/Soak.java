package dev.tandem.examples.soak;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Uses everything together for some minutes: scopes, channels, thread pools, virtual threads and
/// process pools, while workers are killed, tasks time out and threads are interrupted. Keeps a
/// ledger of all that goes in and comes out, and checks that nothing leaks. Ends with status 0 if
/// both are right, with 1 if not, and with 2 if nothing moved for a minute.
///
/// The argument is how many minutes; `-Dsoak.seed=` repeats the choices of another run.
final class Soak {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration STUCK = Duration.ofSeconds(60);

  private Soak() {}

  static void main(String[] args) throws Exception {
    Duration duration =
        Duration.ofMillis((long) (60_000 * (args.length == 0 ? 1 : Double.parseDouble(args[0]))));
    long given = Long.getLong("soak.seed", 0);
    long seed = given == 0 ? System.nanoTime() : given;
    System.out.printf("Soak for %s from -Dsoak.seed=%d%n", duration, seed);
    Path directory = Files.createTempDirectory("ts"); // a socket's path has to be short
    Report report;
    try {
      var run = new SoakRun(seed, duration, PATIENCE, directory, System.out, SoakRun::all);
      Runnable halt = () -> Runtime.getRuntime().halt(2);
      var watchdog = new Watchdog(run.ledger()::moves, STUCK, System.out, halt);
      report = run.run();
      watchdog.retire();
    } finally {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    System.out.println(report);
    System.exit(report.isRight() ? 0 : 1);
  }
}
