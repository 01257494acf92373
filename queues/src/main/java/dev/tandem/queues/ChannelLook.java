package dev.tandem.queues;

import dev.tandem.queues.internal.ChannelFigures;
import dev.tandem.queues.internal.WaitList;

/// A look at a channel for a dump.
final class ChannelLook {
  private ChannelLook() {}

  /// The counts of a channel, read without a lock.
  record Counts(int size, long puts, long takes, boolean closed) {}

  static ChannelFigures at(
      AbstractChannel<?> channel, WaitList putters, WaitList takers, WaitList done) {
    Counts counts = counts(channel);
    return new ChannelFigures(
        channel.name().equals(ChannelOptions.NO_NAME) ? null : channel.name(),
        kind(channel),
        channel.capacity(),
        counts.size,
        counts.puts,
        counts.takes,
        counts.closed,
        putters.size(),
        takers.size(),
        done.size(),
        putters.someThreads(),
        takers.someThreads());
  }

  private static Counts counts(AbstractChannel<?> channel) {
    return switch (channel) {
      case LockedChannel<?> locked -> locked.counts();
      case RendezvousChannel<?> rendezvous -> rendezvous.counts();
      default -> new Counts(channel.size(), channel.puts(), channel.takes(), channel.isClosed());
    };
  }

  private static String kind(AbstractChannel<?> channel) {
    return switch (channel) {
      case RendezvousChannel<?> _ -> "rendezvous";
      case LinkedRingChannel<?> _ -> "unbounded";
      case LockedChannel<?> locked -> locked.kind();
      case SteppedChannel<?> _ -> "process";
      default -> "bounded";
    };
  }
}
