package dev.tandem.pools.internal.channel;

/// A worker, as the pool's end of its lanes sees it.
public interface Peer {
  /// {@return the number of the worker}
  int number();

  /// Tells the worker that something has changed in a channel.
  void ring(long channel);

  /// Ends the worker: it has written what no worker writes.
  void lose(String reason);

  /// {@return whether it is gone, or about to be}
  boolean isGone();
}
