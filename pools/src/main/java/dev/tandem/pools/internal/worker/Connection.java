package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import dev.tandem.pools.internal.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A worker's connection to its pool, over which the pool has answered.
///
/// @param channel the connection
/// @param frames the frames of the pool, of which the first was read
/// @param greeting how many bytes the worker has sent
/// @param kind the kind of the first frame
record Connection(ByteChannel channel, FrameInput frames, int greeting, int kind)
    implements AutoCloseable {
  private static final int TRIES = 6;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /// Connects, authenticates this worker, and waits for the answer. Tries again if the pool closes
  /// the connection before: many strangers may have connected at the same time, and a socket that
  /// was removed is made again.
  ///
  /// @param hello the first frame, made before: a silent connection may be closed
  /// @param steady whether several threads will use the connection
  static Connection to(String address, Output hello, boolean steady) throws IOException {
    long pause = FIRST_PAUSE_NANOS;
    for (int left = TRIES - 1; true; left--, pause *= 2) {
      try {
        return open(address, hello, steady);
      } catch (BrokenFrameException e) {
        throw e;
      } catch (IOException e) {
        if (left == 0) {
          throw e;
        }
      }
      LockSupport.parkNanos(pause);
    }
  }

  private static Connection open(String address, Output hello, boolean steady) throws IOException {
    ByteChannel channel = steady ? Transport.connectSteadily(address) : Transport.connect(address);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(hello.array(), 0, hello.length());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      FrameInput frames = FrameInput.ofPool(channel);
      return new Connection(channel, frames, hello.length(), frames.next());
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
