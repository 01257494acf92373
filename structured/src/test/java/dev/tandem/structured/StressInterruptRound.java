package dev.tandem.structured;

import dev.tandem.structured.StressBody.StressFailure;
import dev.tandem.structured.TaskScope.Joiner;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/// Scopes whose owner is interrupted once, at about the moment at which a subtask ends or the owner
/// leaves. The owner must see the interrupt exactly once: from `join`, or in its interrupt flag.
final class StressInterruptRound {
  private static final int SCOPES = 100;

  private final boolean virtual;
  private final Random random;
  private volatile Throwable failure;
  private volatile String doing = "nothing";

  StressInterruptRound(boolean virtual, Random random) {
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
        int patience = Math.max(0, spins + random.nextInt(400) - 200);
        doing = "spins " + spins + ", interrupted after " + patience;
        interrupted(patience, random.nextBoolean(), random.nextBoolean() ? spins : -spins);
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  /// Plays a scope with a subtask that succeeds or fails, and perhaps one that answers its
  /// interrupt late.
  private void interrupted(int patience, boolean fails, int spins) throws InterruptedException {
    Thread owner = Thread.currentThread();
    Thread stranger =
        Thread.ofVirtual()
            .start(() -> {
              StressBody.spin(patience);
              owner.interrupt();
            });
    int seen = 0;
    boolean failed = false;
    boolean suppressed = false;
    try (var scope = TaskScope.open(Joiner.<Integer>allSuccessfulOrThrow())) {
      scope.fork(() -> end(Math.abs(spins), fails));
      if (fails && spins < 0) {
        scope.fork(() -> obeySlowly(-spins));
      }
      scope.join();
    } catch (ExecutionException e) {
      failed = true;
    } catch (InterruptedException e) {
      seen++;
      suppressed = e.getSuppressed().length > 0;
    }
    check("a failure is not lost", !fails || failed || seen > 0);
    check("what succeeds does not fail", fails || (!failed && !suppressed));
    seen += joined(stranger);
    seen += Thread.interrupted() ? 1 : 0;
    check("the interrupt is seen once, not so often: " + seen, seen == 1);
  }

  /// Joins a thread and counts the interrupts that the caller sees meanwhile.
  private static int joined(Thread stranger) throws InterruptedException {
    try {
      stranger.join();
      return 0;
    } catch (InterruptedException _) {
      stranger.join();
      return 1;
    }
  }

  private int end(int spins, boolean fails) {
    StressBody.spin(spins);
    if (fails) {
      throw new StressFailure(this);
    }
    return spins;
  }

  private static int obeySlowly(int spins) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      StressBody.spin(spins);
    }
    return spins;
  }

  private void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what + ": " + doing);
    }
  }

  @Override
  public String toString() {
    return "interrupts of a %s owner: %s".formatted(virtual ? "virtual" : "platform", doing);
  }
}
