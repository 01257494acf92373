package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/// The sending half of the second connection between a worker and its pool, at either end: of what
/// passes between them while a task runs. Thread-safe.
///
/// A frame waits here only while the other side does not read; there a thread of its own reads, and
/// runs no code of users.
public final class Link extends FrameWriter implements Closeable {
  private final ByteChannel channel;
  private final ReentrantLock lock = new ReentrantLock(); // virtual threads send, too

  /// @param channel a connection that an interrupt does not close
  public Link(ByteChannel channel, Encoder encoder) {
    super(channel, encoder);
    this.channel = channel;
  }

  /// Sends an ended frame, and before it the definitions that the other side lacks.
  public void send(Output frame) throws IOException {
    lock.lock();
    try {
      for (int i = 0; i < frame.definitionCount(); i++) {
        define(frame.definition(i));
      }
      put(frame);
    } finally {
      lock.unlock();
    }
  }

  /// Sends a frame without content.
  public void send(int kind) throws IOException {
    lock.lock();
    try {
      var _ = beginOwn(kind);
      putOwn();
    } finally {
      lock.unlock();
    }
  }

  /// Tells the other side that something has changed in a channel.
  public void ring(long channel) {
    lock.lock();
    try {
      beginOwn(Frame.RING).putLong(channel);
      putOwn();
    } catch (IOException _) {
      // the other side is gone
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void put(Output frame) throws IOException {
    write(ByteBuffer.wrap(frame.array(), 0, frame.length()));
    write(frame.blobs());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
