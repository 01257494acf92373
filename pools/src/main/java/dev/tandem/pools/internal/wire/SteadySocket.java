package dev.tandem.pools.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// An end of a connection that several threads use, over a socket.
///
/// An interrupt closes a blocking channel of the JDK in whose method its thread is, and submitting
/// threads write here: the interrupt of a submitter would take a worker down. So the channel does
/// not block, and a thread that must wait does so in a selector. Writers rarely must, as a worker
/// is not sent more than fits. One thread reads at a time, one writes.
final class SteadySocket implements SteadyChannel {
  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;
  private final SelectionKey reading;
  private volatile @Nullable Runnable whenWritable;

  SteadySocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.readable = Selector.open();
    this.writable = Selector.open();
    this.reading = channel.register(readable, SelectionKey.OP_READ);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    while (true) {
      int n = channel.read(target);
      if (n != 0) {
        return n;
      }
      await(readable);
      Runnable late = whenWritable;
      if (late != null) {
        late.run();
      }
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    while (true) {
      int n = channel.write(source);
      if (n != 0 || !source.hasRemaining()) {
        return n;
      }
      await(writable);
    }
  }

  @Override
  public void writeNow(ByteBuffer source) throws IOException {
    while (source.hasRemaining() && channel.write(source) != 0) {
      // there may be room for more
    }
  }

  @Override
  public void whenWritable(@Nullable Runnable late) {
    whenWritable = late; // before the wake-up: the reader sees it
    try {
      reading.interestOps(
          late == null ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      readable.wakeup();
    } catch (CancelledKeyException _) {
      // closed
    }
  }

  private static void await(Selector selector) throws IOException {
    boolean interrupted = false;
    try {
      while (selector.select() == 0 && Thread.interrupted()) {
        interrupted = true;
      }
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException _) {
      // closed while it waits: the channel says so
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  /// Closes the connection, and wakes the threads that wait in it.
  @Override
  public void close() throws IOException {
    channel.close();
    readable.close(); // wakes the reader
    writable.close();
  }
}
