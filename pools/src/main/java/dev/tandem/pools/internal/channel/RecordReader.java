package dev.tandem.pools.internal.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads parcels from the ring of a lane. For one thread at a time.
///
/// It believes nothing of what the other process has written: a record that cannot be is an error,
/// and the process that wrote it has gone wrong.
final class RecordReader {
  /// What is in the lane cannot be.
  static final class BrokenLaneException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenLaneException(String message) {
      super(message);
    }
  }

  /// Takes the definitions that come with records.
  interface Definitions {
    void define(int origin, int id, byte[] bytes);
  }

  /// The limit of a decoder.
  static final int MOST_DEFINITIONS = 1 << 20;

  /// The most bytes of the definitions of a lane, as of a worker's connections.
  private static final long MOST_DEFINED = 64 << 20;

  private static final int ANY = -1;

  private final Lane lane;
  private final Definitions definitions;
  private final Path directory;
  private final int writer;
  private long start;
  private long defined;

  /// Creates the reader of a lane in which the pool writes what any process has encoded.
  ///
  /// @param directory where the files of large elements are
  RecordReader(Lane lane, Definitions definitions, Path directory) {
    this(lane, definitions, directory, ANY);
  }

  /// Creates the reader of a lane in which a worker writes.
  ///
  /// @param writer the worker's number: what it writes in the name of another process would change
  ///   what that one's elements mean
  RecordReader(Lane lane, Definitions definitions, Path directory, int writer) {
    this.lane = lane;
    this.definitions = definitions;
    this.directory = directory;
    this.writer = writer;
  }

  /// {@return the next parcel, of which the quota says that it is there} Its bytes may be written
  /// over afterwards.
  Parcel next() throws BrokenLaneException {
    MemorySegment ring = lane.ring;
    int from = (int) (start & (lane.ringSize - 1));
    int size = ring.get(RecordWriter.INT, from);
    if (size < 0) {
      start += lane.ringSize - from;
      from = 0;
      size = ring.get(RecordWriter.INT, 0);
    }
    if (size < RecordWriter.HEADER || (size & 7) != 0 || size > lane.ringSize - from) {
      throw broken("a record of " + size + " bytes");
    }
    int end = from + size;
    int origin = ring.get(RecordWriter.INT, from + 4L);
    int count = ring.get(RecordWriter.INT, from + 8L);
    int length = ring.get(RecordWriter.INT, from + 12L);
    if (writer != ANY && origin != writer) {
      throw broken("an element of process " + origin);
    }
    boolean file = (count & RecordWriter.FILE) != 0;
    count &= ~RecordWriter.FILE;
    int at = from + RecordWriter.HEADER;
    if (count < 0 || count > (end - at) / 8) {
      throw broken(count + " definitions");
    }
    int[] ids = count == 0 ? Parcel.NO_DEFINITIONS : new int[count];
    for (int i = 0; i < count; i++) {
      at = definition(origin, ids, i, at, end);
    }
    byte[] content = bytes(at, length, end);
    start += size;
    lane.release(start);
    return new Parcel(origin, content, ids, file ? file(content) : null);
  }

  private int definition(int origin, int[] ids, int index, int from, int end)
      throws BrokenLaneException {
    if (from + 8 > end) {
      throw broken("a definition behind its end");
    }
    int id = lane.ring.get(RecordWriter.INT, from);
    int length = lane.ring.get(RecordWriter.INT, from + 4L);
    if (id < 0 || id >= MOST_DEFINITIONS) {
      throw broken("definition " + id);
    }
    ids[index] = id;
    if (length == -1) {
      return from + 8;
    }
    byte[] bytes = bytes(from + 8, length, end);
    defined += writer == ANY ? 0 : bytes.length;
    if (defined > MOST_DEFINED) {
      throw broken("definitions of " + defined + " bytes");
    }
    definitions.define(origin, id, bytes);
    return from + 8 + length;
  }

  private byte[] bytes(int from, int length, int end) throws BrokenLaneException {
    if (length < 0 || length > end - from) {
      throw broken(length + " bytes where " + (end - from) + " are");
    }
    byte[] bytes = new byte[length];
    MemorySegment.copy(lane.ring, ValueLayout.JAVA_BYTE, from, bytes, 0, length);
    return bytes;
  }

  private Path file(byte[] content) throws BrokenLaneException {
    String name = new String(content, StandardCharsets.UTF_8);
    if (!Spill.isName(name)) {
      throw broken("a file that is none of ours: " + name);
    }
    return directory.resolve(name);
  }

  private static BrokenLaneException broken(String what) {
    return new BrokenLaneException("broken lane: " + what);
  }
}
