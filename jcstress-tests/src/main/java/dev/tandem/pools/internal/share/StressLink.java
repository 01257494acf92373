package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.SteadyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A link over a socket that has room for some bytes until it is read.
class StressLink extends Link {
  /// The bytes of a frame without content, and of a ring.
  static final int FRAME = length();

  static final int RING = FRAME + Long.BYTES;

  private final Socket socket;

  private static int length() {
    Output out = new Output();
    FrameWriter.begin(out, Frame.LINKED);
    return out.length();
  }

  StressLink(int room) {
    this(new Socket(room));
  }

  private StressLink(Socket socket) {
    super(socket, new Encoder());
    this.socket = socket;
  }

  /// Sends a frame without content.
  void sendFrame() {
    try {
      send(Frame.LINKED);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Does what the thread that reads does when it waits, and there is room.
  void read() {
    Runnable late = socket.late;
    if (late != null) {
      late.run();
    }
  }

  /// {@return how many bytes have gone}
  int written() {
    return socket.written;
  }

  /// Has room for everything from now on.
  void makeRoom() {
    socket.room = Integer.MAX_VALUE;
  }

  /// The lock of the link guards what is written, and the arbiter sees it.
  private static final class Socket implements SteadyChannel {
    private volatile int room;
    private int written;
    private volatile @Nullable Runnable late;

    Socket(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer source) {
      int bytes = source.remaining();
      source.position(source.limit());
      written += bytes;
      return bytes;
    }

    @Override
    public void writeNow(ByteBuffer source) {
      int bytes = Math.min(source.remaining(), room);
      source.position(source.position() + bytes);
      written += bytes;
    }

    @Override
    public void whenWritable(@Nullable Runnable late) {
      this.late = late;
    }

    @Override
    public int read(ByteBuffer target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
