package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Joiner;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/// Scopes in which exactly one event wakes the owner, at about the moment at which the owner parks.
/// If that wake-up is lost, no other follows, and the owner waits for ever.
final class StressQuietRound {
  private static final int SCOPES = 100;

  private final boolean virtual;
  private final Random random;
  private volatile Throwable failure;
  private volatile String doing = "nothing";

  StressQuietRound(boolean virtual, Random random) {
    this.virtual = virtual;
    this.random = random;
  }

  void play() throws InterruptedException {
    Thread owner = StressWatch.unstarted(virtual, this::own);
    owner.start();
    StressWatch.join(owner, this);
    if (failure != null) {
      throw new AssertionError("failed in " + this, failure);
    }
  }

  private void own() {
    try {
      for (int i = 0; i < SCOPES; i++) {
        int spins = random.nextInt(random.nextBoolean() ? 4_000 : 400);
        switch (random.nextInt(4)) {
          case 0 -> completes(spins);
          case 1 -> oneAfterTheOther(spins);
          case 2 -> isCancelled(spins);
          default -> timesOut(spins);
        }
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void completes(int spins) throws Exception {
    doing = "one subtask that completes after spins: " + spins;
    try (var scope = TaskScope.open(Joiner.<Integer>allSuccessfulOrThrow())) {
      scope.fork(() -> spin(spins));
      check(scope.join().equals(List.of(spins)));
    }
  }

  private void oneAfterTheOther(int spins) throws Exception {
    doing = "three subtasks of which one may run, spins: " + spins;
    try (var scope =
        TaskScope.open(Joiner.<Integer>allSuccessfulOrThrow(), cf -> cf.withConcurrency(1))) {
      scope.fork(() -> spin(spins / 3));
      scope.fork(() -> spin(spins / 4));
      scope.fork(() -> spin(1));
      check(scope.join().equals(List.of(spins / 3, spins / 4, 1)));
    }
  }

  private void isCancelled(int spins) throws Exception {
    doing = "one subtask that cancels and stays, spins: " + spins;
    try (var scope = TaskScope.open(Joiner.allSettled())) {
      scope.fork(() -> {
        spin(spins);
        scope.cancel();
        new CountDownLatch(1).await();
      });
      check(scope.join().size() == 1);
    }
  }

  private void timesOut(int nanos) throws Exception {
    doing = "a timeout of nanoseconds: " + nanos;
    try (var scope =
        TaskScope.open(
            Joiner.allSettled(), cf -> cf.withTimeout(Duration.ofNanos(1 + nanos * 10L)))) {
      scope.fork(() -> new CountDownLatch(1).await());
      check(scope.join().size() == 1);
    }
  }

  private static int spin(int times) {
    StressBody.spin(times);
    return times;
  }

  private void check(boolean holds) {
    if (!holds) {
      throw new AssertionError(doing);
    }
  }

  @Override
  public String toString() {
    return "a quiet round of a %s owner: %s".formatted(virtual ? "virtual" : "platform", doing);
  }
}
