package dev.tandem.pools.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.pools.internal.codec.AllocatedBytes;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import dev.tandem.pools.internal.worker.Decoders;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames come out as they were put in, in whatever pieces they arrive; a length that is only said
/// takes no memory.
class FrameInputTest {
  private static final long MOST = 1L << 30;

  /// Gives bytes in pieces of any size, then ends.
  private static ReadableByteChannel channel(byte[] bytes, Random random) {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer target) {
        if (!left.hasRemaining()) {
          return -1;
        }
        int n = 1 + random.nextInt(Math.min(left.remaining(), target.remaining()));
        target.put(left.slice(left.position(), n));
        left.position(left.position() + n);
        return n;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private static byte[] random(int size, Random random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /// A task with a number, flags, and a value of this size.
  private static byte[] frame(int number, byte[] value) throws Exception {
    Output out = new Output();
    FrameWriter.begin(out, Frame.TASK, number);
    out.putByte(number & 3);
    new Encoder().encode(value, out);
    FrameWriter.end(out);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(out.array(), 0, out.length());
    for (ByteBuffer blob : out.blobs()) {
      bytes.write(blob.array(), blob.position(), blob.remaining());
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void framesOfAllSizesComeOutInAnyPiecesReadOrPassedOver(boolean trusting) throws Exception {
    for (int round = 0; round < 20; round++) {
      Random random = new Random(round);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      int[] sizes = new int[30];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] =
            switch (random.nextInt(10)) {
              case 0 -> 3_000_000;
              case 1 -> 100_000;
              case 2 -> 15_000;
              default -> random.nextInt(200);
            };
        stream.writeBytes(frame(i, random(sizes[i], new Random(i))));
      }
      ReadableByteChannel channel = channel(stream.toByteArray(), random);
      FrameInput in = trusting ? FrameInput.ofPool(channel) : FrameInput.ofWorker(channel, MOST);
      for (int i = 0; i < sizes.length; i++) {
        assertThat(in.begin()).isEqualTo(Frame.TASK);
        assertThat(in.taskNumber()).isEqualTo(i);
        assertThat(in.taskFlags()).isEqualTo(i & 3);
        assertThat(in.length()).isGreaterThan(sizes[i]);
        if (random.nextBoolean()) {
          in.skip();
          continue;
        }
        in.complete();
        Input input = in.input();
        input.skip(Frame.TASK_HEAD);
        assertThat(Decoders.decode(input)).isEqualTo(random(sizes[i], new Random(i)));
      }
      assertThatThrownBy(in::begin).isInstanceOf(EOFException.class);
      assertThat(in.received()).isEqualTo(stream.size());
    }
  }

  private static byte[] header(int length, int kind, long blobBytes) {
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER).order(ByteOrder.nativeOrder());
    return header.putInt(length).put((byte) kind).putLong(blobBytes).array();
  }

  @Test
  void lengthThatIsOnlySaidTakesNoMemory() throws Exception {
    byte[] content = new byte[12 + 5];
    ByteBuffer table = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
    table.putLong(5, MOST / 2).putInt(13, 1);
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.writeBytes(header(content.length, Frame.RESULT | Frame.BLOBS, MOST / 2));
    blob.writeBytes(content);
    blob.writeBytes(new byte[1000]);
    for (byte[] stream :
        new byte[][] {header((int) MOST - 100, Frame.RESULT, 0), blob.toByteArray()}) {
      FrameInput in = FrameInput.ofWorker(channel(stream, new Random(1)), MOST);
      long before = AllocatedBytes.now();
      assertThatThrownBy(in::next).isInstanceOf(EOFException.class);
      assertThat(AllocatedBytes.now() - before).isLessThan(8 << 20);
    }
  }

  @Test
  void lengthsThatNoFrameHasAreRefused() {
    byte[][] broken = {
      header(-1, Frame.RESULT, 0),
      header(Integer.MIN_VALUE, Frame.RESULT, 0),
      header(Integer.MAX_VALUE, Frame.RESULT, 0),
      header(Integer.MAX_VALUE - 8, Frame.RESULT, 0),
      header(10, Frame.RESULT, 10),
      header(10, Frame.RESULT | Frame.BLOBS, 0),
      header(10, Frame.RESULT | Frame.BLOBS, -1),
      header(10, Frame.RESULT | Frame.BLOBS, Long.MAX_VALUE),
    };
    for (byte[] header : broken) {
      byte[] stream = java.util.Arrays.copyOf(header, header.length + 100);
      FrameInput in = FrameInput.ofWorker(channel(stream, new Random(1)), 4L << 30);
      assertThatThrownBy(in::next).isInstanceOf(BrokenFrameException.class);
    }
  }

  @Test
  void excessIsToldBeforeAnythingIsRead() throws Exception {
    FrameInput in = FrameInput.ofPool(channel(frame(1, new byte[200_000]), new Random(1)));
    in.allow(100_000);
    assertThat(in.begin()).isEqualTo(Frame.TASK);

    assertThat(in.excess()).contains("withMaxMessage");
    in.skip();
    assertThatThrownBy(in::begin).isInstanceOf(EOFException.class);
  }

  @Test
  void blobsThatMakeALengthOverflowAreRefusedBeforeTheyArePassedOver() {
    byte[] stream = header(10, Frame.TASK | Frame.BLOBS, Long.MAX_VALUE);
    FrameInput in =
        FrameInput.ofPool(
            channel(java.util.Arrays.copyOf(stream, stream.length + 10), new Random(1)));
    assertThatThrownBy(in::begin).isInstanceOf(BrokenFrameException.class);
  }

  private static FrameInput inPieces(int piece, long blobBytes) {
    ByteBuffer stream = ByteBuffer.allocate(200).order(ByteOrder.nativeOrder());
    stream.put(header(17, Frame.TASK | Frame.BLOBS | Frame.PIECES, blobBytes)).position(18);
    stream.putLong(blobBytes).putInt(1).putInt(piece);
    byte[] bytes = java.util.Arrays.copyOf(stream.array(), stream.position());
    FrameInput in = FrameInput.ofPool(channel(bytes, new Random(1)));
    in.through(BlobRing.over(ByteBuffer.allocateDirect(64 + 512), 512, 1));
    return in;
  }

  @Test
  void pieceThatTheRingCannotHaveIsNoFrameAndNoEnd() {
    assertThatThrownBy(inPieces(-513, 1000)::next).isInstanceOf(BrokenFrameException.class);
  }

  @Test
  void pieceWithoutAnAbsoluteLengthIsRefusedWhenItIsPassedOver() throws Exception {
    FrameInput in = inPieces(Integer.MIN_VALUE, 1L << 32);
    assertThat(in.begin()).isEqualTo(Frame.TASK);
    assertThatThrownBy(in::skip).isInstanceOf(BrokenFrameException.class);
  }
}
