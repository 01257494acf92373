package dev.tandem.structured;

import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// The thread factories of the scopes of a stress round.
enum StressFactory {
  NONE,
  VIRTUAL,
  PLATFORM,
  FAILING;

  static StressFactory any(Random random) {
    return random.nextBoolean() ? NONE : values()[random.nextInt(values().length)];
  }

  ThreadFactory make(long seed) {
    return switch (this) {
      case PLATFORM -> Thread.ofPlatform().daemon().factory();
      case FAILING -> failing(new AtomicInteger((int) seed));
      default -> Thread.ofVirtual().factory();
    };
  }

  /// A factory that throws, returns null, or returns threads that cannot start or that end without
  /// running the body.
  private static ThreadFactory failing(AtomicInteger count) {
    return runnable ->
        switch (count.incrementAndGet() & 7) {
          case 0 -> throw new RejectedExecutionException("for the test");
          case 1 -> null;
          case 2 ->
              Thread.ofVirtual()
                  .unstarted(() -> {
                    throw new RejectedExecutionException("for the test");
                  });
          case 3 -> new Stillborn(runnable);
          default -> Thread.ofVirtual().unstarted(runnable);
        };
  }

  /// A thread that cannot start, as without memory.
  private static final class Stillborn extends Thread {
    Stillborn(Runnable runnable) {
      super(runnable);
    }

    @Override
    public void start() {
      throw new OutOfMemoryError("for the test");
    }
  }
}
