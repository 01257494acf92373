package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.BlobRing;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.StatusPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The replies of a worker, on their way to the pool.
final class ReplyStream extends FrameWriter {
  /*
   * Replies are collected in the region of the status page and sent together. A reply that is
   * committed there arrives even if the worker dies before it is sent: the pool finds it in the page
   * and knows by the number of bytes that have come through the socket where to go on. So a crash
   * fails only the task that ran, although the results of those before it were waiting to be sent.
   *
   * The main thread alone writes into the region, behind what is committed, and starts it again,
   * under the lock. Its ticker sends what is committed while a task runs long. What the region
   * cannot hold goes past it, behind what it holds.
   */
  private static final int SEND_AT = 1 << 14;

  private final StatusPage page;
  private final ByteBuffer region;
  private final ReentrantLock lock = new ReentrantLock();

  private volatile int committed;
  private volatile int sent; // written under the lock
  private long base; // the main thread's, as is the next
  private @Nullable BlobRing ring;

  /// @param base how many bytes of the stream were sent before
  ReplyStream(StatusPage page, WritableByteChannel channel, Encoder encoder, long base) {
    super(channel, encoder);
    this.page = page;
    this.base = base;
    page.restartReplies(base);
    this.region = page.region();
  }

  /// Takes where large arrays may go from now on.
  void through(BlobRing newRing) {
    ring = newRing;
  }

  /// Adds a frame, and before it the definitions that it needs.
  void add(Output frame) throws IOException {
    for (int i = 0; i < frame.definitionCount(); i++) {
      define(frame.definition(i));
    }
    put(frame);
  }

  @Override
  protected void put(Output frame) throws IOException {
    int length = frame.length();
    if (!frame.blobs().isEmpty() || length > StatusPage.REGION_SIZE / 2) {
      sendPast(frame);
      return;
    }
    int at = committed;
    if (at + length > StatusPage.REGION_SIZE) {
      restart();
      at = 0;
    }
    region.put(at, frame.array(), 0, length);
    at += length;
    page.commitReplies(at);
    committed = at;
    if (at >= SEND_AT) {
      restart();
    }
  }

  boolean isEmpty() {
    return committed == 0;
  }

  /// Sends what there is.
  void flush() throws IOException {
    if (committed > 0) {
      restart();
    }
  }

  private void restart() throws IOException {
    lock.lock();
    try {
      send();
      base += committed;
      page.restartReplies(base);
      committed = 0;
      sent = 0;
    } finally {
      lock.unlock();
    }
  }

  /// Sends what is committed, unless the main thread does so. Thread: ticker.
  void sendBeside() throws IOException {
    if (lock.tryLock()) {
      try {
        send();
      } finally {
        lock.unlock();
      }
    }
  }

  private void send() throws IOException {
    int end = committed;
    if (sent < end) {
      write(region.slice(sent, end - sent));
      sent = end;
    }
  }

  /// {@return whether something committed was not sent}
  boolean isBehind() {
    return sent < committed;
  }

  private void sendPast(Output frame) throws IOException {
    lock.lock();
    try {
      restart();
      base += frame.length() + frame.blobBytes(); // a long: blobs may have more than 2^31 bytes
      // Before the first byte: a death in the middle leaves an empty region behind what has
      // arrived.
      page.restartReplies(base);
      ByteBuffer bytes = ByteBuffer.wrap(frame.array(), 0, frame.length());
      BlobRing through = ring;
      if (through == null || frame.blobs().isEmpty()) {
        write(bytes);
        write(frame.blobs());
      } else {
        markPieces(bytes, 0);
        write(bytes);
        writePieces(frame.blobs(), through);
      }
    } finally {
      lock.unlock();
    }
  }
}
