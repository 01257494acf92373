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

  Shared(SharedFiles files, SharedFile file, long offset, long bytes) {
    this.files = files;
    this.file = file;
    this.offset = offset;
    this.bytes = bytes;
  }

  final MemorySegment content() {
    return file.content().asSlice(offset, bytes);
  }

  @Override
  public final void write(Encoder encoder, Output out) {
    files.checkOwn(this, encoder);
    if (file.isClosed()) {
      throw new IllegalStateException(this + " is closed, and cannot be sent");
    }
    out.putLong(offset);
    out.putLong(bytes);
    out.putLong(file.id);
    out.putLong(file.bytes());
    out.putString(file.path.toString());
  }

  public final void close() {
    files.close(file);
  }

  @Override
  public final String toString() {
    return file + " of " + files.name();
  }
}
