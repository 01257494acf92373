package dev.tandem.pools.internal.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes parcels into the ring of a lane. For one thread at a time.
///
/// A record is a header, the definitions that its parcel uses, each with its bytes if the reader
/// does not have them, and the content:
///
/// ```text
///  0  int  bytes of the record, a multiple of 8; less than 0: the next is at the start of the ring
///  4  int  origin
///  8  int  number of definitions; with FILE if the content is the name of a file
/// 12  int  bytes of the content
/// ```
final class RecordWriter {
  static final int HEADER = 16;
  static final int FILE = 1 << 30;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  /// Finds the bytes of definitions.
  interface Definitions {
    byte[] definition(int origin, int id);
  }

  /// Where the stream was before a record, for [#backTo].
  static final class Place {
    private final long end;
    private final BitSet has;
    private final int[] added; // the definitions that the record has brought along

    private Place(long end, BitSet has, int[] added) {
      this.end = end;
      this.has = has;
      this.added = added;
    }
  }

  private static final BitSet NOTHING = new BitSet();

  private final Lane lane;
  private final Definitions definitions;
  private final Map<Integer, BitSet> sent = new HashMap<>();
  private long end;
  private long released;

  RecordWriter(Lane lane, Definitions definitions) {
    this.lane = lane;
    this.definitions = definitions;
  }

  /// Writes a record behind the others. It counts when the quota is raised.
  ///
  /// @return where it begins; null if there is no room at the moment
  @Nullable Place write(Parcel parcel) {
    BitSet has =
        parcel.definitions.length == 0
            ? NOTHING
            : sent.computeIfAbsent(parcel.origin, _ -> new BitSet());
    int[] missing = missing(parcel, has);
    int size = HEADER + 8 * parcel.definitions.length + parcel.content.length;
    for (int id : missing) {
      size += definitions.definition(parcel.origin, id).length;
    }
    size = (size + 7) & -8;
    if (size > lane.ringSize / 2) {
      throw new IllegalStateException(
          "a record of " + size + " bytes"); // no worker of ours puts it
    }
    int at = (int) (end & (lane.ringSize - 1));
    int skipped = at + size > lane.ringSize ? lane.ringSize - at : 0;
    if (!hasRoom(skipped + size)) {
      return null;
    }
    Place place = new Place(end, has, missing);
    if (skipped > 0) {
      lane.ring.set(INT, at, -1);
      at = 0;
    }
    put(parcel, missing, at, size);
    boolean written = false;
    try {
      for (int id : missing) {
        has.set(id);
      }
      end += skipped + size;
      written = true;
    } finally {
      if (!written) {
        backTo(place);
      }
    }
    return place;
  }

  /// {@return whether there is room for any record}
  boolean hasRoomForLargest() {
    return hasRoom(lane.ringSize / 2);
  }

  private boolean hasRoom(int bytes) {
    if (end + bytes - released <= lane.ringSize) {
      return true;
    }
    released = lane.released();
    return end + bytes - released <= lane.ringSize;
  }

  private static int[] missing(Parcel parcel, BitSet has) {
    if (parcel.definitions.length == 0) {
      return Parcel.NO_DEFINITIONS;
    }
    int[] missing = new int[parcel.definitions.length];
    int count = 0;
    for (int id : parcel.definitions) {
      if (!has.get(id)) {
        missing[count++] = id;
      }
    }
    return Arrays.copyOf(missing, count);
  }

  private void put(Parcel parcel, int[] missing, int start, int size) {
    MemorySegment ring = lane.ring;
    ring.set(INT, start, size);
    ring.set(INT, start + 4, parcel.origin);
    ring.set(INT, start + 8, parcel.definitions.length | (parcel.file == null ? 0 : FILE));
    ring.set(INT, start + 12, parcel.content.length);
    int at = start + HEADER;
    int next = 0;
    for (int id : parcel.definitions) {
      boolean sends = next < missing.length && missing[next] == id;
      byte[] bytes = sends ? definitions.definition(parcel.origin, id) : null;
      ring.set(INT, at, id);
      ring.set(INT, at + 4, bytes == null ? -1 : bytes.length);
      at += 8;
      if (bytes != null) {
        next++;
        at = put(bytes, at);
      }
    }
    var _ = put(parcel.content, at);
  }

  private int put(byte[] bytes, int at) {
    MemorySegment.copy(bytes, 0, lane.ring, ValueLayout.JAVA_BYTE, at, bytes.length);
    return at + bytes.length;
  }

  /// Takes back the last record, which the reader cannot see any more, or could not yet.
  void backTo(Place place) {
    end = place.end;
    for (int id : place.added) {
      place.has.clear(id);
    }
  }

  static byte[] bytes(String fileName) {
    return fileName.getBytes(StandardCharsets.UTF_8);
  }
}
