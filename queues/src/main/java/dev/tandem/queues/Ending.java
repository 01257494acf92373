package dev.tandem.queues;

import dev.tandem.queues.internal.FlightRecorder;
import dev.tandem.queues.internal.JfrChannelEvents;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// How a channel was closed: the first close decides on the cause.
final class Ending {
  private final String channel;
  private final AtomicReference<@Nullable Decision> first = new AtomicReference<>();

  private record Decision(@Nullable Throwable cause) {}

  Ending(String channel) {
    this.channel = channel;
  }

  /// Sets the cause unless an earlier close has decided on it.
  ///
  /// @param of the channel, which is open, or just being closed
  void decide(@Nullable Throwable cause, Channel<?> of) {
    boolean decides = first.compareAndSet(null, new Decision(cause));
    if (decides && FlightRecorder.isInUse()) {
      try {
        JfrChannelEvents.closed(channel, of::size, cause);
      } catch (Throwable _) { // no memory: others must be told of the close all the same
        // the recording lacks it
      }
    }
  }

  /// Returns the cause, or null if the channel is open or was closed without one.
  @Nullable Throwable cause() {
    Decision decision = first.get();
    return decision == null ? null : decision.cause;
  }

  ChannelClosedException exception(String consequence, int acceptedCount) {
    return new ChannelClosedException(
        "channel '" + channel + "' is closed: " + consequence, cause(), acceptedCount);
  }
}
