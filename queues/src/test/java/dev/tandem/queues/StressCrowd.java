package dev.tandem.queues;

import java.util.concurrent.atomic.AtomicInteger;

/// Those who put, or take, at the moment. Who was interrupted steps aside until nobody is left: if
/// it came back at once, it would make good for a wake-up that it got and did not pass on.
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
