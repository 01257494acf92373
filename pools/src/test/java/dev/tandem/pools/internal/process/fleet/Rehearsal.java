package dev.tandem.pools.internal.process.fleet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

/// Lets tests of other packages wait for [Readiness].
public final class Rehearsal {
  private Rehearsal() {}

  /// Waits until what the death of a worker takes is loaded.
  public static void awaitEnd() {
    await().atMost(20, SECONDS).until(Readiness::isOver);
  }
}
