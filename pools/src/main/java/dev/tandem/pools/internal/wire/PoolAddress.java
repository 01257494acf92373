package dev.tandem.pools.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// Where the workers of a pool find it: a Unix-domain socket, or a port of the loopback interface
/// where there are none or their path would be too long.
public record PoolAddress(SocketAddress address) {
  private static final String PORT = "port:";

  /// The address that [#toString()] has written.
  public static PoolAddress parse(String text) {
    return new PoolAddress(
        text.startsWith(PORT)
            ? new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(text.substring(PORT.length())))
            : UnixDomainSocketAddress.of(Path.of(text)));
  }

  /// {@return whether it is a port}
  public boolean isPort() {
    return address instanceof InetSocketAddress;
  }

  /// {@return a new connection to it}
  public SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    if (isPort()) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return channel;
  }

  /// Listens at a path.
  public static ServerSocketChannel listenAt(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  /// Listens at a free port of the loopback interface.
  public static ServerSocketChannel listenAtPort() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return server;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return isPort() ? PORT + ((InetSocketAddress) address).getPort() : address.toString();
  }
}
