package dev.tandem.pools.internal.channel;

import dev.tandem.pools.SharedSegment;
import dev.tandem.queues.ChannelStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker asks the pool about a channel, beside putting and taking. Called as a remote
/// object.
public interface Control {
  /// {@return the memory of a new lane for elements that the worker puts}
  SharedSegment openUp(int worker);

  /// {@return the memory of a new lane for elements that the worker takes}
  SharedSegment openDown(int worker);

  /// Has an element brought to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean fetch(int worker);

  /// Has a place made for a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean makeRoom(int worker);

  /// Frees lanes of a worker that has found the channel closed.
  ///
  /// @param down whether it has found the end, and will take nothing more
  void leave(int worker, boolean down);

  /// Closes the channel.
  void close(@Nullable Throwable cause);

  /// Closes the channel.
  ///
  /// @return what was in it
  List<Object> closeNow();

  /// {@return whether it is closed}
  boolean isClosed();

  /// {@return whether it is closed and empty}
  boolean isDrained();

  /// {@return why it was closed; null if it is open or was closed for no reason}
  @Nullable Throwable closeCause();

  /// {@return how many elements there are}
  int size();

  /// Says that an element was dealt with that another process has taken, or this one before it
  /// left.
  void taskDone(int worker);

  /// {@return whether all elements are done in time}
  boolean awaitDone(long nanos) throws InterruptedException;

  /// {@return its figures}
  ChannelStats stats();
}
