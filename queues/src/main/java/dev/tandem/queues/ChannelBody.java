package dev.tandem.queues;

/// A body that works on one end of a channel, run by [Sink#producer(ChannelBody)] or
/// [Source#consumer(ChannelBody)].
///
/// @param <C> the type of the end
@FunctionalInterface
public interface ChannelBody<C> {
  /// Works on one end.
  ///
  /// @param end the end, to put into or to take from
  /// @throws Exception if the body fails, which closes the channel with this cause
  void run(C end) throws Exception;
}
