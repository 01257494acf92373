package dev.tandem.pools.internal.channel;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// An encoded element of a channel. It is decoded by the thread that takes it, in whatever process.
final class Parcel {
  /// The origin of what the pool's process has encoded; others are the numbers of workers.
  static final int POOL = 0;

  static final int[] NO_DEFINITIONS = {};

  /// The process that has encoded it, whose definitions it uses.
  final int origin;

  /// The element, or the name of [#file].
  final byte[] content;

  /// The definitions that a decoder must have first, unless they are in the [#file].
  final int[] definitions;

  /// Where the element is, if it is too large for a lane.
  final @Nullable Path file;

  /// What was in the file, if it was read ahead because the file will go. Written by the hub.
  Spill.@Nullable Content fileContent;

  /// Whether it was put: then its file, if it has one, is the channel's. For the thread that puts.
  boolean isPut;

  /// Its place in the channel. Written by the hub.
  long number;

  Parcel(int origin, byte[] content, int[] definitions, @Nullable Path file) {
    this.origin = origin;
    this.content = content;
    this.definitions = definitions;
    this.file = file;
  }

  /// Puts it back in its place among elements with ascending numbers.
  void restore(Deque<Parcel> store) {
    Deque<Parcel> before = new ArrayDeque<>();
    while (!store.isEmpty() && store.peekFirst().number < number) {
      before.addLast(store.pollFirst());
    }
    store.addFirst(this);
    while (!before.isEmpty()) {
      store.addFirst(before.pollLast());
    }
  }
}
