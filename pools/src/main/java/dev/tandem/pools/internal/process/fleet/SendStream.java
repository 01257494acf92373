package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.ApplicationCode;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.BlobRing;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/// The frames for one worker: collects small ones and sends them together. For one thread at a
/// time.
final class SendStream extends FrameWriter {
  private static final int BUFFER = 1 << 16;

  private final ApplicationCode origins;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.nativeOrder());
  private final BlobMemory large;
  private int originsSent;
  private boolean largeSent;

  /// @param large where large arrays go
  SendStream(
      WritableByteChannel channel, Encoder encoder, ApplicationCode origins, BlobMemory large) {
    super(channel, encoder);
    this.origins = origins;
    this.large = large;
  }

  /// Adds the frame of a task, and before it the names of classes and the definitions that the
  /// worker needs for it and does not have.
  void add(Message message, int number) throws IOException {
    for (; originsSent < origins.count(); originsSent++) {
      beginOwn(Frame.ALLOW).putString(origins.name(originsSent));
      putOwn();
    }
    for (int id : message.definitions) {
      define(id);
    }
    if (!largeSent) {
      sendMemory(message);
    }
    byte[] bytes = message.bytes;
    // a large frame is not copied for its number
    int copied = bytes.length <= BUFFER ? bytes.length : TASK_NUMBER_END;
    reserve(copied);
    int frame = buffer.position();
    buffer.put(bytes, 0, copied);
    setTask(buffer, frame, number);
    BlobRing through = message.hasBlobs() ? large.arguments() : null;
    if (through != null) {
      markPieces(buffer, frame);
    }
    if (copied < bytes.length) {
      flush();
      write(ByteBuffer.wrap(bytes, copied, bytes.length - copied));
    }
    if (message.hasBlobs()) {
      flush();
      if (through == null) {
        write(message.blobs);
      } else {
        writePieces(message.blobs, through);
      }
    }
  }

  /// Tells the worker of the memory for large arrays, if that was made, or is needed now.
  private void sendMemory(Message message) throws IOException {
    if (message.hasBlobs() && message.blobBytes() >= BlobMemory.WORTHWHILE) {
      large.make();
    }
    Output frame = large.frame();
    if (frame != null) {
      for (int i = 0; i < frame.definitionCount(); i++) {
        define(frame.definition(i));
      }
      put(frame);
      largeSent = true;
    }
  }

  /// Adds a frame without content, and sends it.
  void send(int kind) throws IOException {
    var _ = beginOwn(kind);
    putOwn();
    flush();
  }

  /// Sends the first frame of a connection.
  ///
  /// @param secondToken the token of the second connection
  void configure(long maxMessage, byte[] secondToken, List<String> patterns) throws IOException {
    Output out = beginOwn(Frame.CONFIGURE);
    out.putLong(maxMessage);
    out.putVarInt(secondToken.length);
    out.putBytes(secondToken, 0, secondToken.length);
    out.putVarInt(patterns.size());
    patterns.forEach(out::putString);
    putOwn();
    flush();
  }

  @Override
  protected void put(Output frame) throws IOException {
    int length = frame.length();
    if (length <= BUFFER) {
      reserve(length);
      buffer.put(frame.array(), 0, length);
    } else {
      flush();
      write(ByteBuffer.wrap(frame.array(), 0, length));
    }
  }

  private void reserve(int length) throws IOException {
    if (buffer.remaining() < length) {
      flush();
    }
  }

  /// Sends what was added.
  void flush() throws IOException {
    buffer.flip();
    try {
      write(buffer);
    } finally {
      buffer.clear();
    }
  }
}
