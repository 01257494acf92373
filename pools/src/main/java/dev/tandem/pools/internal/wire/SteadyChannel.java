package dev.tandem.pools.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/// An end of a connection that several threads use: one reads at a time, one writes. Reads and
/// writes wait, and an interrupt does not disturb them.
public interface SteadyChannel extends ByteChannel {
  /// Writes what there is room for, and does not wait for more.
  void writeNow(ByteBuffer source) throws IOException;

  /// Has the thread that reads call this while it waits and there is room to write.
  ///
  /// @param late is called until it is replaced; null for nothing
  void whenWritable(@Nullable Runnable late);
}
