package dev.tandem.queues.internal;

/// What a thread waits for.
public interface Blocker {
  /// {@return the name of the channel, or those of several}
  String name();
}
