package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// How far the life of a fleet has come. It only goes forward, and may leave out stages. Thread:
/// any.
final class FleetState {
  private enum Stage {
    OPEN,
    CLOSING,
    ENDING,
    KILLING,
    ENDED
  }

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);
  private final CountDownLatch ended = new CountDownLatch(1);

  private void advance(Stage to) {
    stage.accumulateAndGet(to, (now, next) -> now.compareTo(next) < 0 ? next : now);
  }

  private boolean hasReached(Stage expected) {
    return stage.get().compareTo(expected) >= 0;
  }

  /// Workers that have nothing to do leave from now on, and none is replaced.
  void close() {
    advance(Stage.CLOSING);
  }

  boolean isClosing() {
    return hasReached(Stage.CLOSING);
  }

  /// Nothing starts any more, and what waits never will.
  void stop() {
    advance(Stage.ENDING);
  }

  boolean isEnding() {
    return hasReached(Stage.ENDING);
  }

  /// All workers are killed.
  void kill() {
    advance(Stage.KILLING);
  }

  boolean isKilling() {
    return hasReached(Stage.KILLING);
  }

  /// All workers and all files are gone.
  void end() {
    advance(Stage.ENDED);
    ended.countDown();
  }

  boolean isEnded() {
    return hasReached(Stage.ENDED);
  }

  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }
}
