package dev.tandem.pools.internal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The end of a transport at which a pool listens for its workers. A connection over it is a
/// [ByteChannel] on both sides, whose methods wait: the pool's may be used by two threads, one that
/// reads and one that writes, and an interrupt of either must not close it.
///
/// Another transport (named pipes, say) is another implementation, a form of address that no other
/// has, and its case in the three static methods. All else in the pool and in its workers knows
/// this interface only.
public interface Transport extends Closeable {
  /// Listens where only this user may connect, if that is possible, otherwise where every process
  /// of this machine may.
  ///
  /// @param path a path in a directory that only this user may enter, where a file may be made
  /// @param onFallback takes the reason why the path cannot be used
  static Transport listen(Path path, Consumer<? super Exception> onFallback) throws IOException {
    return SocketTransport.listen(path, onFallback);
  }

  /// Connects a worker to its pool.
  ///
  /// @param address what [#address()] has returned in the pool
  static ByteChannel connect(String address) throws IOException {
    return SocketTransport.connect(address);
  }

  /// Connects a worker to its pool, over a connection that two threads may use, and that an
  /// interrupt does not close.
  static SteadyChannel connectSteadily(String address) throws IOException {
    return SocketTransport.connectSteadily(address);
  }

  /// Has the JDK load what a connection needs.
  static void preload() {
    SocketTransport.preload();
  }

  /// {@return the address, a text without spaces at its ends}
  String address();

  /// Waits for a worker, or for a stranger.
  SteadyChannel accept() throws IOException;

  boolean isOpen();

  /// {@return whether the address leads nowhere any more, because its file was removed or replaced}
  boolean isLost();

  /// Listens at the same address again, beside this one, if [#isLost()].
  Transport reopen() throws IOException;
}
