package dev.tandem.benchmarks.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Many connections to a chat server, from one thread and a selector, so that it costs the same and
/// little whatever the server is made of.
///
/// In each round every connection says one line and the round ends when all got theirs back. Prints
/// the milliseconds that connecting took, those of the first round and the median of the later
/// ones; then keeps the connections open until its standard input ends, so that the server can be
/// weighed with them.
public final class ChatClient {
  private static final byte[] LINE = "hello, who is there?\n".getBytes(US_ASCII);

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LINE.length);
  private final List<SocketChannel> connections = new ArrayList<>();
  private final Selector selector = Selector.open();

  private ChatClient() throws IOException {}

  /// @param args port, number of connections, number of rounds after the first
  public static void main(String[] args) throws IOException {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    var client = new ChatClient();
    double connect = client.connect(server, Integer.parseInt(args[1]));
    double first = client.round();
    double[] rounds = new double[Integer.parseInt(args[2])];
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = client.round();
    }
    Arrays.sort(rounds);
    System.out.println(connect + " " + first + " " + rounds[rounds.length / 2]);
    while (System.in.read() >= 0) {
      // the connections are still open
    }
  }

  private double connect(InetSocketAddress server, int count) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      var connection = SocketChannel.open(server);
      connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
      connection.configureBlocking(false);
      connection.register(selector, SelectionKey.OP_READ, new int[1]);
      connections.add(connection);
    }
    return millisSince(start);
  }

  private double round() throws IOException {
    long start = System.nanoTime();
    for (var connection : connections) {
      buffer.clear().put(LINE).flip();
      if (connection.write(buffer) != LINE.length) {
        throw new IOException("the line did not fit into an empty socket buffer");
      }
    }
    int[] waiting = {connections.size()};
    while (waiting[0] > 0) {
      selector.select(key -> waiting[0] -= read(key) ? 1 : 0);
    }
    return millisSince(start);
  }

  // whether this connection has its whole line back
  private boolean read(SelectionKey key) {
    try {
      int read = ((SocketChannel) key.channel()).read(buffer.clear());
      if (read < 0) {
        throw new IOException("the server closed a connection");
      }
      int[] got = (int[]) key.attachment();
      got[0] += read;
      if (got[0] < LINE.length) {
        return false;
      }
      got[0] = 0;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
