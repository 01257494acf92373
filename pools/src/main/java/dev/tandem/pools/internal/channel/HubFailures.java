package dev.tandem.pools.internal.channel;

import dev.tandem.core.internal.TaskTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a hub does about elements that it could not give to a worker. Not under the lock.
final class HubFailures {
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final Logger log = LoggerFactory.getLogger(HubFailures.class);

  private final long channel;
  private final Hub hub;
  private final AtomicBoolean looksLater = new AtomicBoolean();

  /// @param channel the number of the channel
  HubFailures(long channel, Hub hub) {
    this.channel = channel;
    this.hub = hub;
  }

  /// Looks again after a moment: there was no stack or memory.
  void lookLater() {
    if (looksLater.compareAndSet(false, true)) {
      try {
        var _ = TaskTimer.after(AGAIN, () -> TaskTimer.handOver(this::lookAgain));
      } catch (Throwable e) {
        looksLater.set(false);
        throw e;
      }
    }
  }

  private void lookAgain() {
    looksLater.set(false);
    hub.rung();
  }

  /// Reports an element that was given up, as no worker can be given it.
  void dropped(Parcel parcel, Throwable why) {
    log.error("channel {}: an element is lost, it cannot be given to a worker", channel, why);
    Spill.drop(parcel);
    hub.rung(); // there is room
  }
}
