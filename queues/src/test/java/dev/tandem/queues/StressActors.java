package dev.tandem.queues;

import dev.tandem.testing.StressRounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// The threads of a stress round. A thread that does not end is named, with the stacks of all.
final class StressActors {
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

  private final boolean virtual;
  private final Random random;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  StressActors(boolean virtual, Random random) {
    this.virtual = virtual;
    this.random = random;
  }

  Thread add(String name, StressRounds.Round part) {
    long seed = random.nextLong();
    Runnable body =
        () -> {
          try {
            part.play(new Random(seed));
          } catch (Throwable e) {
            failures.add(e);
          }
        };
    Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    Thread thread = builder.name(name).unstarted(body);
    threads.add(thread);
    return thread;
  }

  void start() {
    List<Thread> order = new ArrayList<>(threads);
    Collections.shuffle(order, random);
    order.forEach(Thread::start);
  }

  /// Waits for all threads. A thread that throws or does not end fails the round.
  void join(Object what) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_ROUND.toNanos();
    for (Thread thread : threads) {
      while (failures.isEmpty() && !thread.join(Duration.ofMillis(100))) {
        if (System.nanoTime() - end > 0) {
          throw new AssertionError(standing(what));
        }
      }
    }
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError("failed in " + what, failures.remove());
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }

  /// Passes some time, and drops an interrupt that comes meanwhile.
  static void pause(int nanos) {
    LockSupport.parkNanos(nanos);
    var _ = Thread.interrupted();
  }

  private String standing(Object what) {
    StringBuilder text = new StringBuilder("stuck in " + what);
    for (Thread thread : threads) {
      if (thread.isAlive()) {
        text.append("\n%s is %s".formatted(thread.getName(), thread.getState()));
        for (StackTraceElement frame : thread.getStackTrace()) {
          text.append("\n    at ").append(frame);
        }
      }
    }
    return text.toString();
  }
}
