package dev.tandem.pools.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import dev.tandem.pools.internal.worker.Decoders;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Large arrays on their way through memory and stream: whole, in order, whichever way each piece
/// takes.
class BlobRingTest {
  private static final long MOST = 64 << 20;

  private final ByteBuffer memory = ByteBuffer.allocateDirect(BlobRing.SIZE).alignedSlice(8);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void arraysComeOutWholeWhicheverWayTheirPiecesTake(long seed) throws Exception {
    Random random = new Random(seed);
    int[] sizes = random.ints(60, 0, 60).map(BlobRingTest::size).toArray();
    Pipe pipe = Pipe.open();
    try (var source = pipe.source()) {
      CompletableFuture<Long> sent =
          CompletableFuture.supplyAsync(() -> send(pipe.sink(), sizes, seed));
      FrameInput in = seed % 2 == 0 ? FrameInput.ofPool(source) : FrameInput.ofWorker(source, MOST);
      in.through(BlobRing.ofArguments(memory));
      for (int i = 0; i < sizes.length; i++) {
        assertThat(in.begin()).isEqualTo(Frame.TASK);
        assertThat(in.taskNumber()).isEqualTo(i);
        if (random.nextInt(4) == 0) {
          in.skip();
          continue;
        }
        in.complete();
        Input input = in.input();
        input.skip(Frame.TASK_HEAD);
        assertThat(Arrays.deepEquals((Object[]) Decoders.decode(input), arrays(sizes[i], i)))
            .as("seed %d, frame %d", seed, i)
            .isTrue();
      }
      long stream = sent.get();
      assertThatThrownBy(in::begin).isInstanceOf(EOFException.class);
      assertThat(in.received()).isEqualTo(stream);
    }
    assertThat(memory.order(ByteOrder.nativeOrder()).getLong(0)).as("went that way").isPositive();
  }

  private static int size(int of) {
    return of < 5 ? 3_000_000 : of < 15 ? 100_000 : of < 30 ? 17_000 : of;
  }

  private static Object[] arrays(int size, int seed) {
    byte[] first = new byte[size];
    new Random(seed).nextBytes(first);
    byte[] second = Arrays.copyOf(first, size / 2);
    return new Object[] {first, "between", second};
  }

  /// {@return the bytes of the stream, as a sender counts them}
  private long send(WritableByteChannel channel, int[] sizes, long seed) {
    long all = 0;
    try (channel) {
      Writer writer = new Writer(channel);
      BlobRing ring = BlobRing.ofArguments(memory);
      for (int i = 0; i < sizes.length; i++) {
        Output out = new Output();
        FrameWriter.begin(out, Frame.TASK, i);
        out.putByte(0);
        new Encoder().encode(arrays(sizes[i], i), out);
        FrameWriter.end(out);
        all += out.length() + out.blobBytes();
        writer.send(out, (seed + i) % 5 == 0 ? null : ring);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private static final class Writer extends FrameWriter {
    Writer(WritableByteChannel channel) {
      super(channel, new Encoder());
    }

    void send(Output out, BlobRing ring) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(out.array(), 0, out.length());
      List<ByteBuffer> blobs = out.blobs();
      if (ring == null || blobs.isEmpty()) {
        write(bytes);
        write(blobs);
      } else {
        markPieces(bytes, 0);
        write(bytes);
        writePieces(blobs, ring);
      }
    }

    @Override
    protected void put(Output frame) {
      throw new AssertionError();
    }
  }

  @Test
  void writerThatFindsNoRoomDoesNotWait() throws IOException {
    BlobRing writer = BlobRing.over(memory, 64, 16);
    BlobRing reader = BlobRing.over(memory, 64, 16);

    assertThat(writer.put(bytes(15))).as("too small").isZero();
    assertThat(writer.put(bytes(64))).isEqualTo(64);
    assertThat(writer.put(bytes(16))).as("full").isZero();
    byte[] target = new byte[20];
    reader.get(target, 0, 20);
    assertThat(target).isEqualTo(Arrays.copyOf(bytes(64).array(), 20));
    assertThat(writer.put(bytes(32))).as("full: 20").isZero();
    reader.skip(12);
    assertThat(writer.put(bytes(64))).as("half").isZero();
    assertThat(writer.put(bytes(32))).isEqualTo(32);
    assertThatThrownBy(() -> reader.skip(33)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 65, Long.MIN_VALUE, Long.MAX_VALUE})
  void writerDoesNotBelieveWhatCannotBe(long word) {
    BlobRing writer = BlobRing.over(memory, 64, 16);
    assertThat(writer.put(bytes(64))).isEqualTo(64);

    memory.order(ByteOrder.nativeOrder()).putLong(0, word);

    assertThat(writer.put(bytes(16))).isZero();
  }

  private static ByteBuffer bytes(int size) {
    byte[] array = new byte[size];
    for (int i = 0; i < size; i++) {
      array[i] = (byte) (i + 1);
    }
    return ByteBuffer.wrap(array);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1001, -1001, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void pieceThatIsNoneEndsTheConnection(int piece) {
    FrameInput in = input(Frame.RESULT | Frame.BLOBS | Frame.PIECES, piece);
    in.through(BlobRing.ofResults(memory));

    assertThatThrownBy(in::next).isInstanceOf(BrokenFrameException.class);
  }

  @Test
  void piecesWithoutMemoryEndTheConnection() {
    assertThatThrownBy(() -> input(Frame.RESULT | Frame.BLOBS | Frame.PIECES, 1000).next())
        .isInstanceOf(BrokenFrameException.class);
    assertThatThrownBy(() -> input(Frame.RESULT | Frame.PIECES, 1000).next())
        .isInstanceOf(BrokenFrameException.class);
  }

  /// {@return what reads a frame with one blob of 1000 bytes, whose first piece is said to be such}
  private static FrameInput input(int kind, int piece) {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + 12 + 4 + 1000);
    frame.order(ByteOrder.nativeOrder());
    frame.putInt(12).put((byte) kind).putLong(1000);
    frame.putLong(1000).putInt(1);
    frame.putInt(piece);
    return FrameInput.ofWorker(Channels.newChannel(new ByteArrayInputStream(frame.array())), MOST);
  }
}
