package dev.tandem.examples.soak;

import dev.tandem.Tandem;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Ends the program when nothing has moved for too long, and shows where everybody stands.
final class Watchdog {
  private static final Duration LONGEST_DUMP = Duration.ofSeconds(30);

  private final LongSupplier moves;
  private final Duration patience;
  private final PrintStream to;
  private final Runnable end;
  private final Thread thread;

  /// @param moves a number that changes as long as anything moves
  /// @param patience how long it may stay the same
  /// @param to gets the dump
  /// @param end ends the program
  Watchdog(LongSupplier moves, Duration patience, PrintStream to, Runnable end) {
    this.moves = moves;
    this.patience = patience;
    this.to = to;
    this.end = end;
    this.thread = Thread.ofPlatform().daemon().name("soak-watchdog").start(this::run);
  }

  private void run() {
    long last = moves.getAsLong();
    long since = System.nanoTime();
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(Math.min(1_000, patience.toMillis()));
        long now = moves.getAsLong();
        if (now != last) {
          last = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > patience.toNanos()) {
          bark();
          return;
        }
      }
    } catch (InterruptedException _) {
      // the soak is over
    }
  }

  /// What has hung may hang the dump, too: the program ends all the same.
  private void bark() throws InterruptedException {
    Thread dump = Thread.ofPlatform().daemon().name("soak-dump").start(this::dump);
    var _ = dump.join(LONGEST_DUMP);
    end.run();
  }

  private void dump() {
    to.printf("Nothing has moved for %d s.%n%s%n", patience.toSeconds(), Tandem.dump());
    try {
      to.println(ThreadDump.text());
    } catch (IOException e) {
      to.println("no thread dump: " + e);
    }
    to.flush();
  }

  void retire() {
    thread.interrupt();
  }
}
