package dev.tandem.pools.internal.channel;

import dev.tandem.pools.SharedSegment;
import dev.tandem.queues.ChannelStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker asks the pool about its channels, by their numbers, beside putting and taking.
/// Called as a remote object. A channel that has ended and is not kept any more answers as closed.
public interface Control {
  /// {@return the memory of a new lane for elements that the worker puts; null if the channel is
  /// closed}
  @Nullable SharedSegment openUp(long channel, int worker);

  /// {@return the memory of a new lane for elements that the worker takes; null if the channel has
  /// ended}
  @Nullable SharedSegment openDown(long channel, int worker);

  /// Has an element brought to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean fetch(long channel, int worker);

  /// Has a place made for a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean makeRoom(long channel, int worker);

  /// Frees lanes of a worker that has found the channel closed.
  ///
  /// @param down whether it has found the end, and will take nothing more
  void leave(long channel, int worker, boolean down);

  /// Closes the channel.
  void close(long channel, @Nullable Throwable cause);

  /// Closes the channel.
  ///
  /// @return what was in it
  List<Object> closeNow(long channel);

  /// {@return whether it is closed}
  boolean isClosed(long channel);

  /// {@return whether it is closed and empty}
  boolean isDrained(long channel);

  /// {@return why it was closed; null if it is open or was closed for no reason}
  @Nullable Throwable closeCause(long channel);

  /// {@return how many elements there are}
  int size(long channel);

  /// Says that an element was dealt with that another process has taken, or this one before it
  /// left.
  void taskDone(long channel, int worker);

  /// {@return whether all elements are done in time}
  boolean awaitDone(long channel, long nanos) throws InterruptedException;

  /// {@return its figures}
  ChannelStats stats(long channel);
}
