package dev.tandem.examples.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Interrupts threads that have agreed to it.
final class Disturber {
  private final List<Thread> actors = new ArrayList<>();

  /// From now on, the current thread may be interrupted.
  synchronized void enter() {
    actors.add(Thread.currentThread());
  }

  /// From now on, it is not.
  synchronized void leave() {
    actors.remove(Thread.currentThread());
    var _ = Thread.interrupted();
  }

  synchronized void disturb(Random random) {
    if (!actors.isEmpty()) {
      actors.get(random.nextInt(actors.size())).interrupt();
    }
  }
}
