package dev.tandem.pools.internal.thread;

import org.jspecify.annotations.Nullable;

/// The inputs that one runner has claimed and not finished.
final class MapChunk {
  final @Nullable Object[] inputs;
  long first;
  int size;

  MapChunk(int capacity) {
    inputs = new Object[capacity];
  }
}
