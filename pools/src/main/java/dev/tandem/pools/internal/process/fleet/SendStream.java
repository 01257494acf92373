package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.Frames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.BitSet;
import java.util.List;

/// What goes to one worker. Collects small frames and sends them together. For one thread at a
/// time.
final class SendStream {
  private static final int BUFFER = 1 << 16;
  private static final int SLICE = 1 << 18;

  private final WritableByteChannel channel;
  private final Encoder encoder;
  private final ApplicationCode origins;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.nativeOrder());
  private final BitSet defined = new BitSet();
  private final Output own = new Output();
  private int originsSent;

  SendStream(WritableByteChannel channel, Encoder encoder, ApplicationCode origins) {
    this.channel = channel;
    this.encoder = encoder;
    this.origins = origins;
  }

  /// Adds the frame of a task, and before it what the worker must know for it.
  void add(Message message, int number) throws IOException {
    for (; originsSent < origins.count(); originsSent++) {
      own.reset();
      Frames.begin(own, Frame.ALLOW);
      own.putString(origins.name(originsSent));
      addOwn();
    }
    for (int id : message.definitions()) {
      if (!defined.get(id)) {
        byte[] definition = encoder.definition(id);
        own.reset();
        Frames.begin(own, Frame.DEFINE, id);
        own.putBytes(definition, 0, definition.length);
        addOwn();
        defined.set(id);
      }
    }
    int length = message.length();
    if (length <= BUFFER) {
      room(length);
      message.putInto(buffer, number);
    } else {
      room(Message.HEAD);
      message.putHeadInto(buffer, number);
      flush();
      write(message.behindHead());
    }
    if (message.hasBlobs()) {
      flush();
      for (ByteBuffer blob : message.blobs()) {
        write(blob.duplicate());
      }
    }
  }

  /// Adds a frame without content, and sends it.
  void send(int kind) throws IOException {
    own.reset();
    Frames.begin(own, kind);
    addOwn();
    flush();
  }

  private void addOwn() throws IOException {
    Frames.end(own);
    if (own.length() <= BUFFER) {
      room(own.length());
      buffer.put(own.array(), 0, own.length());
    } else {
      flush();
      write(ByteBuffer.wrap(own.array(), 0, own.length()));
    }
  }

  private void room(int length) throws IOException {
    if (buffer.remaining() < length) {
      flush();
    }
  }

  /// Sends what was added.
  void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } finally {
      buffer.clear();
    }
  }

  /// In slices: the JDK copies a heap buffer into a direct one of its size, and keeps that.
  private void write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(bytes.position() + Math.min(SLICE, end - bytes.position())); // no overflow
      channel.write(bytes);
    }
  }

  /// Sends the first frame of a connection.
  void configure(long maxMessage, List<String> patterns) throws IOException {
    own.reset();
    Frames.begin(own, Frame.CONFIGURE);
    own.putLong(maxMessage);
    own.putVarInt(patterns.size());
    patterns.forEach(own::putString);
    addOwn();
    flush();
  }
}
