package dev.tandem.pools.internal.wire;

import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Memory through which the blobs of frames go from one process to another, in pieces, as one of
/// the two has it. For one thread at a time.
///
/// ```text
///    0  arguments read  worker: how many bytes of the arguments it has read
///   64  opened          worker: 1 when it has mapped the memory
///  128  results read    pool: how many bytes of the results it has read
/// 4096  arguments       pool
///       results         worker
/// ```
public final class BlobRing {
  /*
   * The writer copies a piece behind those that are there, and then says in the stream that it is
   * here: what the stream orders, it orders for this memory, too. The reader copies the piece out,
   * and then stores how far it has read (release); the writer loads that (acquire) before it writes
   * there again. Each byte and each word is written by one process.
   *
   * A writer that finds no room, also after a moment, sends the piece in the stream itself, which
   * has a flow control and an end: so neither process waits here for one that may be dead. Nor does
   * the writer believe the word: one that cannot be means that there is no room.
   */
  /// The bytes of the memory, for both directions.
  public static final int SIZE = 4096 + 2 * (1 << 19);

  private static final int HEAD = 4096;
  private static final int ROOM = (SIZE - HEAD) / 2; // a power of two
  private static final int PIECE = 1 << 17;
  private static final int SPINS = 500;

  private static final int ARGUMENTS_READ = 0;
  private static final int OPENED = 64;
  private static final int RESULTS_READ = 128;

  /// How large a piece must be to go this way: to say that it is there costs as much as to send a
  /// few thousand bytes.
  private static final int SMALLEST = 1 << 14;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;
  private final int word;
  private final int start;
  private final int room;
  private final int smallest;
  private long position; // how many bytes were written, or read

  private BlobRing(ByteBuffer memory, int word, int start, int room, int smallest) {
    this.memory = memory;
    this.word = word;
    this.start = start;
    this.room = room;
    this.smallest = smallest;
  }

  /// {@return the ring from the pool to the worker}
  public static BlobRing ofArguments(ByteBuffer memory) {
    return new BlobRing(memory, ARGUMENTS_READ, HEAD, ROOM, SMALLEST);
  }

  /// {@return the ring from the worker to the pool}
  public static BlobRing ofResults(ByteBuffer memory) {
    return new BlobRing(memory, RESULTS_READ, HEAD + ROOM, ROOM, SMALLEST);
  }

  /// {@return one side of a ring whose word is at 0, and whose bytes are behind it at 64} For
  /// tests.
  ///
  /// @param room how many bytes it has, a power of two
  static BlobRing over(ByteBuffer memory, int room, int smallest) {
    return new BlobRing(memory, 0, 64, room, smallest);
  }

  /// Worker: it reads and writes here from now on.
  public static void open(ByteBuffer memory) {
    LONG.setVolatile(memory, OPENED, 1L);
  }

  /// {@return whether the worker reads and writes here}
  public static boolean isOpen(ByteBuffer memory) {
    return (long) LONG.getVolatile(memory, OPENED) == 1;
  }

  /// Writer: copies the next piece, and moves the position behind it.
  ///
  /// @return its size; 0 if there is no room, or the memory is gone
  int put(ByteBuffer source) {
    int at = (int) position & (room - 1);
    int size = Math.min(Math.min(PIECE, room - at), source.remaining());
    if (size < smallest) {
      return 0;
    }
    try {
      for (int tries = SPINS; !hasRoom(size); tries--) {
        if (tries == 0) {
          return 0;
        }
        Thread.onSpinWait();
      }
      memory.put(start + at, source, source.position(), size);
    } catch (IllegalStateException _) { // unmapped: the other process is gone
      return 0;
    }
    source.position(source.position() + size);
    position += size;
    return size;
  }

  private boolean hasRoom(int size) {
    long there = position - (long) LONG.getAcquire(memory, word);
    return there >= 0 && there <= room - size;
  }

  /// Reader: copies bytes of a piece that is here.
  ///
  /// @throws IOException if there cannot be so many, or the memory is gone
  void get(byte[] target, int from, int size) throws IOException {
    int at = check(size);
    try {
      memory.get(start + at, target, from, size);
      pass(size);
    } catch (IllegalStateException e) {
      throw new IOException("the memory of large messages is gone", e);
    }
  }

  /// Reader: passes over bytes of a piece that is here.
  void skip(int size) throws IOException {
    check(size);
    pass(size);
  }

  private int check(int size) throws IOException {
    int at = (int) position & (room - 1);
    if (size > room - at) {
      throw new BrokenFrameException(
          "a piece of %s bytes in the memory of large messages (expected: at most %s)"
              .formatted(size, room - at));
    }
    return at;
  }

  private void pass(int size) {
    position += size;
    LONG.setRelease(memory, word, position);
  }
}
