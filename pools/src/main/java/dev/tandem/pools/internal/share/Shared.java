package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Handle;
import dev.tandem.pools.internal.codec.Output;
import java.lang.foreign.MemorySegment;

/// A part of a shared file, as an object that can be sent.
abstract sealed class Shared implements Handle permits Segment, Longs, OneLong {
  final SharedFiles files;
  final SharedFile file;
  final long offset;
  final long bytes;
  final MemorySegment memory;

  Shared(SharedFiles files, SharedFile file, long offset, long bytes) {
    this.files = files;
    this.file = file;
    this.offset = offset;
    this.bytes = bytes;
    this.memory = file.part(offset, bytes);
  }

  @Override
  public final void write(Encoder encoder, Output out) {
    files.checkOwn(this, encoder);
    file.checkOpen();
    out.putLong(offset);
    out.putLong(bytes);
    out.putLong(file.id);
    out.putLong(file.bytes);
    out.putString(file.path.toString());
  }

  /// {@return whether it is closed}
  public final boolean isClosed() {
    return file.isClosed();
  }

  /// Closes all of the file.
  public final void close() {
    files.close(file);
  }

  @Override
  public final String toString() {
    return "%s of %s: %s bytes%s"
        .formatted(file, files.name(), bytes, file.isClosed() ? ", closed" : "");
  }
}
