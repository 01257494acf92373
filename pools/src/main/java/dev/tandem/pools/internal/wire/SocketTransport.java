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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Unix-domain sockets, and ports of the loopback interface where there are none or their path
/// would be too long. The address is the path of the socket, or `port:` and a number.
final class SocketTransport implements Transport {
  private static final String PORT = "port:";

  /// A path of a Unix-domain socket must fit into about a hundred bytes.
  private static final int MAX_PATH = 100;

  private final ServerSocketChannel server;
  private final @Nullable Path path; // null if it is a port
  private final @Nullable Object key; // tells the file of the socket from others

  private SocketTransport(ServerSocketChannel server, @Nullable Path path) {
    this.server = server;
    this.path = path;
    this.key = path == null ? null : key(path);
  }

  static Transport listen(Path path, Consumer<? super Exception> onFallback) throws IOException {
    if (path.toString().length() <= MAX_PATH) {
      try {
        return listenAt(path);
      } catch (IOException | UnsupportedOperationException e) {
        onFallback.accept(e);
      }
    }
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return bind(ServerSocketChannel.open(), loopback, null);
  }

  private static Transport listenAt(Path path) throws IOException {
    SocketAddress address = UnixDomainSocketAddress.of(path);
    return bind(ServerSocketChannel.open(StandardProtocolFamily.UNIX), address, path);
  }

  private static Transport bind(
      ServerSocketChannel server, SocketAddress address, @Nullable Path path) throws IOException {
    try {
      server.bind(address);
      return new SocketTransport(server, path);
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  private static @Nullable Object key(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.fileKey() == null ? file : attributes.fileKey();
    } catch (IOException _) {
      return null;
    }
  }

  static SteadyChannel connectSteadily(String address) throws IOException {
    return steady(connect(address));
  }

  private static SteadyChannel steady(SocketChannel channel) throws IOException {
    try {
      return new SteadySocket(channel);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  static SocketChannel connect(String address) throws IOException {
    if (!address.startsWith(PORT)) {
      return SocketChannel.open(UnixDomainSocketAddress.of(Path.of(address)));
    }
    int port = Integer.parseInt(address.substring(PORT.length()));
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  static void preload() {
    try {
      SocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException | UnsupportedOperationException _) {
      // there are none, or none is needed
    }
  }

  @Override
  public String address() {
    return path == null ? PORT + server.socket().getLocalPort() : path.toString();
  }

  @Override
  public SteadyChannel accept() throws IOException {
    return steady(server.accept());
  }

  @Override
  public boolean isOpen() {
    return server.isOpen();
  }

  @Override
  public boolean isLost() {
    return path != null && (key == null || !key.equals(key(path)));
  }

  @Override
  public Transport reopen() throws IOException {
    if (path == null) {
      throw new IllegalStateException("a port is not lost");
    }
    Files.deleteIfExists(path);
    return listenAt(path);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
