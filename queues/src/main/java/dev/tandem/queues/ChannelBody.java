package dev.tandem.queues;

/// What [Sink#producer(ChannelBody)] and [Source#consumer(ChannelBody)] run: a body that works on
/// one end of a channel.
///
/// @param <C> the end that it is given
@FunctionalInterface
public interface ChannelBody<C> {
  /// Works on one end.
  ///
  /// @param end the end
  /// @throws Exception if it fails
  void run(C end) throws Exception;
}
