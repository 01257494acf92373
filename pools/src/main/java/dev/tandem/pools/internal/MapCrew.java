package dev.tandem.pools.internal;

/// Works on the inputs of one map. Its consumer calls it, unless said otherwise.
interface MapCrew {
  /// {@return whether the consumer works, too, while it waits: it is itself on a thread that the
  /// crew may need}
  boolean helps();

  /// An input has been published.
  void inputAdded();

  /// The consumer waits for a result.
  ///
  /// @return whether there was something to do about it, so that the consumer looks again
  boolean consumerWaits() throws InterruptedException;

  /// The map is at its end: all that was published was worked on and taken.
  void dismiss();

  /// Stops what runs and waits for it to end, at most for the grace period. Called by whoever ends
  /// the map.
  void cancelAndJoin();

  /// An input was given up, and who works on it with it. Called by any thread.
  void runnerLost();
}
