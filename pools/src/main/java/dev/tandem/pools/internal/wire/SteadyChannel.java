package dev.tandem.pools.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// The pool's end of a connection: reads and writes wait, and an interrupt does not disturb them.
///
/// An interrupt closes a blocking channel of the JDK in whose method its thread is, and submitting
/// threads write here: the interrupt of a submitter would take a worker down. So the channel does
/// not block, and a thread that must wait does so in a selector. Writers rarely must, as a worker
/// is not sent more than fits. One thread reads at a time, one writes.
final class SteadyChannel implements ByteChannel {
  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;

  SteadyChannel(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.readable = selector(channel, SelectionKey.OP_READ);
    this.writable = selector(channel, SelectionKey.OP_WRITE);
  }

  private static Selector selector(SocketChannel channel, int operation) throws IOException {
    Selector selector = Selector.open();
    channel.register(selector, operation);
    return selector;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    while (true) {
      int n = channel.read(target);
      if (n != 0) {
        return n;
      }
      await(readable);
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
