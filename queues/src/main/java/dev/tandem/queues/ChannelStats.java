package dev.tandem.queues;

/// Figures that a channel has counted since it was made. They are read one after the other while
/// other threads go on, so they fit each other only when no other thread uses the channel.
///
/// Immutable; equal if all figures and the name are. Only channels make it, so that later versions
/// may count more.
public sealed interface ChannelStats permits ChannelStatsSnapshot {
  /// {@return the channel's name}
  String name();

  /// {@return the number of elements that fit} 0 for a rendezvous, [Integer#MAX_VALUE] if
  /// unbounded.
  int capacity();

  /// {@return the number of elements in the channel, its depth}
  int size();

  /// {@return the number of elements that were accepted}
  long puts();

  /// {@return the number of elements that left, those included that [Source#closeNow()] handed
  /// back}
  long takes();

  /// {@return how many times a thread that wanted to put had to wait} Spinning does not count.
  long putParks();

  /// {@return how many times a thread that wanted to take had to wait} Spinning does not count.
  long takeParks();

  /// {@return whether the channel is closed}
  boolean closed();
}
