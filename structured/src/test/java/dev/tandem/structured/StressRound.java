package dev.tandem.structured;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// One round: an owner plays some trees of scopes, while other threads ("strangers") cancel scopes,
/// read handles and interrupt the owner.
final class StressRound {
  /// The greatest depth of nested scopes in a tree.
  static final int DEPTH = 3;

  final CountDownLatch release = new CountDownLatch(1);
  final StressExecutor executor = new StressExecutor();
  private final Queue<StressScope> scopes = new ConcurrentLinkedQueue<>();
  private final Queue<AssertionError> violations = new ConcurrentLinkedQueue<>();
  private final boolean virtual;
  private final Random random;

  /// Whether the round has no pauses and its subtasks fork all the time.
  final boolean busy;

  private final CountDownLatch strangersLeft = new CountDownLatch(4);
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger seen = new AtomicInteger();
  private volatile boolean over;

  StressRound(boolean virtual, Random random) {
    this.virtual = virtual;
    this.random = random;
    this.busy = random.nextInt(3) == 0;
  }

  void play() throws InterruptedException {
    long seed = random.nextLong();
    Thread owner = StressWatch.unstarted(virtual, () -> own(new Random(seed)));
    stranger(random.nextInt(3), r -> cancelSome(r));
    stranger(random.nextInt(3), r -> interrupt(owner, r));
    stranger(random.nextInt(2), _ -> scopes.forEach(StressScope::readEarly));
    stranger(
        1,
        r -> {
          pause(r.nextInt(busy ? 1_000 : 2_000_000));
          release.countDown();
        });
    String id = "#" + owner.threadId();
    owner.start();
    StressWatch.join(owner, this);
    scopes.forEach(StressScope::check); // no handle may have changed since the first check
    boolean live = TaskScope.dump().matches("(?s).*owned by \\w+\\[" + id + "\\D.*");
    check("no scope of it is live", !live, this);
    if (!violations.isEmpty()) {
      AssertionError error = violations.remove();
      violations.stream().limit(20).forEach(error::addSuppressed);
      throw error;
    }
  }

  private interface Part {
    void play(Random random) throws Exception;
  }

  private void stranger(int times, Part part) {
    Random r = new Random(random.nextLong());
    Thread.startVirtualThread(() -> {
      try {
        for (int i = 0; i < times && !over; i++) {
          pause(r.nextInt(300_000));
          part.play(r);
        }
      } catch (Throwable e) {
        violations.add(new AssertionError("a stranger failed", e));
      } finally {
        strangersLeft.countDown();
      }
    });
  }

  private static void pause(int nanos) {
    LockSupport.parkNanos(nanos);
  }

  private void cancelSome(Random r) {
    List<StressScope> all = List.copyOf(scopes);
    if (!all.isEmpty()) {
      all.get(r.nextInt(all.size())).scope.cancel();
    }
  }

  private void interrupt(Thread owner, Random r) {
    if (r.nextBoolean()) {
      sent.incrementAndGet();
      owner.interrupt();
    }
  }

  // ---- the owner's part

  private void own(Random r) {
    try {
      for (int i = 1 + r.nextInt(3); i > 0; i--) {
        playTree(r);
      }
      over = true;
      awaitStrangers();
      if (Thread.interrupted()) {
        sawInterrupt();
      }
      check("no interrupt is lost, none is made up", tallies(), this);
      playCleanRound();
    } catch (Throwable e) {
      violations.add(new AssertionError("the owner failed in " + this, e));
    }
  }

  private void playTree(Random r) {
    try {
      new StressScope(this, 1, r).play(this::sawInterrupt);
    } catch (Exception _) {
      // StressScope.play has checked its exception
    }
  }

  private void awaitStrangers() {
    while (true) {
      try {
        strangersLeft.await();
        return;
      } catch (InterruptedException _) {
        sawInterrupt();
      }
    }
  }

  private void sawInterrupt() {
    seen.incrementAndGet();
  }

  /// Whether the interrupts seen fit those sent. Two interrupts in quick succession are seen as
  /// one.
  private boolean tallies() {
    return seen.get() <= sent.get() && (seen.get() > 0 || sent.get() == 0);
  }

  private void playCleanRound() throws Exception {
    try (var scope = TaskScope.open()) {
      var subtask = scope.fork(() -> 1);
      scope.join();
      check("a clean round", subtask.get() == 1, this);
    }
  }

  // ---- the ledger

  void opened(StressScope scope) {
    scopes.add(scope);
  }

  void check(String what, boolean holds, Object where) {
    if (!holds) {
      violations.add(new AssertionError(what + ": " + where));
    }
  }

  @Override
  public String toString() {
    return "a%s round of a %s owner, %d scopes, %d interrupts sent, %d seen, violations %s"
        .formatted(
            busy ? " busy" : "",
            virtual ? "virtual" : "platform",
            scopes.size(),
            sent.get(),
            seen.get(),
            violations);
  }
}
