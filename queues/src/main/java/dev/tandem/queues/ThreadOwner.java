package dev.tandem.queues;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The only thread that may use an end of a channel: the first that does, as long as it lives.
final class ThreadOwner {
  private final String channel;
  private final String role;
  private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();

  ThreadOwner(String channel, String role) {
    this.channel = channel;
    this.role = role;
  }

  void check() {
    Thread current = Thread.currentThread();
    Thread known = owner.get();
    while (known != current) {
      if (known != null && known.isAlive()) {
        throw new Violation(
            "channel '%s' was made for a single %s, which is %s, but %s uses it, too"
                .formatted(channel, role, known, current));
      }
      // no owner yet, or one that has ended: what it did happens before isAlive() was false
      known = owner.compareAndSet(known, current) ? current : owner.get();
    }
  }

  /// The failure of a second thread at a single end.
  static final class Violation extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }
}
