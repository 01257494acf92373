package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.share.OwnedFiles;
import dev.tandem.pools.internal.wire.BlobRing;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The memory through which large arrays go to and from one worker. It is made for the first that
/// is worth it, and lives as long as the worker.
final class BlobMemory {
  /// From how many bytes of large arrays a message makes the memory worth its making.
  static final int WORTHWHILE = 1 << 18;

  private static final Logger log = LoggerFactory.getLogger(BlobMemory.class);

  private final OwnedFiles shared;
  private final Encoder encoder;
  private final FrameInput results;
  private boolean ended; // guarded by this, as is the next
  private @Nullable SharedSegment segment;
  private volatile @Nullable Output frame;
  private volatile @Nullable ByteBuffer memory;
  private @Nullable BlobRing arguments; // of the thread that sends

  /// @param results what the worker sends
  BlobMemory(OwnedFiles shared, Encoder encoder, FrameInput results) {
    this.shared = shared;
    this.encoder = encoder;
    this.results = results;
  }

  /// Makes the memory, unless there is no room: then large arrays go over the connection.
  synchronized void make() {
    if (ended || segment != null) {
      return;
    }
    try {
      SharedSegment made = shared.newSegment(BlobRing.SIZE);
      segment = made;
      Output out = new Output();
      FrameWriter.begin(out, Frame.BLOB_MEMORY);
      encoder.encode(made, out);
      FrameWriter.end(out);
      ByteBuffer bytes = made.memory().asByteBuffer();
      results.through(BlobRing.ofResults(bytes)); // before the worker knows
      memory = bytes;
      frame = out;
    } catch (UncheckedIOException | IllegalStateException | NotSerializableException e) {
      ended = true;
      log.debug("Large arrays go over the connection to a worker: {}", e.toString());
    }
  }

  /// {@return what tells the worker of it; null if it was not made}
  @Nullable Output frame() {
    return frame;
  }

  /// {@return where large arguments go; null if the worker does not read there} Thread: the one
  /// that sends.
  @Nullable BlobRing arguments() {
    ByteBuffer all = memory;
    if (arguments == null && all != null && isOpen(all)) {
      arguments = BlobRing.ofArguments(all);
    }
    return arguments;
  }

  private static boolean isOpen(ByteBuffer all) {
    try {
      return BlobRing.isOpen(all);
    } catch (IllegalStateException _) { // the worker is gone, and so is the memory
      return false;
    }
  }

  /// Frees it: the worker is gone.
  synchronized void close() {
    ended = true;
    if (segment != null) {
      segment.close();
    }
  }
}
