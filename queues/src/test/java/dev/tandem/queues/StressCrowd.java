package dev.tandem.queues;

import java.util.concurrent.atomic.AtomicInteger;

/// The threads that put, or take, at the moment. An interrupted thread steps aside until none is
/// left: if it came back at once, it would make good for a wake-up that it did not pass on.
final class StressCrowd {
  private static final int LOOK_NANOS = 20_000;

  private final AtomicInteger active = new AtomicInteger();

  void enter() {
    active.incrementAndGet();
  }

  void leave() {
    active.decrementAndGet();
  }

  void stepAside() {
    leave();
    while (active.get() > 0) {
      StressActors.pause(LOOK_NANOS);
    }
    enter();
  }
}
