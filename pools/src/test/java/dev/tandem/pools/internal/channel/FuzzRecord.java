package dev.tandem.pools.internal.channel;

import dev.tandem.core.SerializableFunction;
import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.FuzzBound;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A target of the fuzzer: the ring of a lane, of which all is there; and a file of a large
/// element, which is what stands behind its first bytes.
public final class FuzzRecord {
  private static final int RING = 1 << 12;
  private static final int MOST_RECORDS = 3;
  private static final ClassLoader LOADER = FuzzRecord.class.getClassLoader();
  private static final Path DIRECTORY = directory();
  private static final String FILE = "element-1-1-1";
  private static final Lane LANE = new Lane(Arena.global().allocate(4096 + RING, 4096));

  /// An element that needs a definition.
  public record Element(String text, int number) {}

  private FuzzRecord() {}

  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("tandem-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(FILE));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParcelCodec codec(int origin) {
    TypeFilter filter =
        new TypeFilter(List.of(FuzzRecord.class.getName(), Element.class.getName()), LOADER);
    Coding coding =
        new Coding(origin, new Encoder(filter), filter, LOADER, HandleOpener.NONE, 1 << 20);
    return new ParcelCodec(coding, new Spill(DIRECTORY, origin, 1), true);
  }

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    SerializableFunction<Integer, String> lambda = n -> "x" + n;
    Element element = new Element("a", 1);
    Object[][] rings = {
      {"text"},
      {element, element, 5},
      {List.of(1, 2), new TreeMap<>(Map.of("a", 1)), lambda, lambda},
      {new Object[] {element, lambda, new StringBuilder("jdk")}},
    };
    List<byte[]> seeds = new ArrayList<>();
    for (Object[] elements : rings) {
      ParcelCodec codec = codec(1);
      Lane lane = new Lane(Arena.ofAuto().allocate(4096 + RING, 4096));
      RecordWriter writer = new RecordWriter(lane, codec);
      for (Object each : elements) {
        if (writer.write(codec.encode(each)) == null) {
          throw new AssertionError("no room for " + each);
        }
      }
      byte[] ring = lane.ring.toArray(ValueLayout.JAVA_BYTE);
      int length = ring.length;
      while (length > 0 && ring[length - 1] == 0) {
        length--;
      }
      seeds.add(Arrays.copyOf(ring, length));
    }
    seeds.add(ofFile());
    return seeds;
  }

  /// {@return a record that names the file, in which the record stands, too}
  private static byte[] ofFile() {
    Lane lane = new Lane(Arena.ofAuto().allocate(4096 + RING, 4096));
    var parcel =
        new Parcel(1, RecordWriter.bytes(FILE), Parcel.NO_DEFINITIONS, DIRECTORY.resolve(FILE));
    if (new RecordWriter(lane, codec(1)).write(parcel) == null) {
      throw new AssertionError("no room");
    }
    byte[] ring = lane.ring.toArray(ValueLayout.JAVA_BYTE);
    return Arrays.copyOf(ring, 100);
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    LANE.ring.fill((byte) 0);
    int length = Math.min(data.length, RING);
    MemorySegment.copy(data, 0, LANE.ring, ValueLayout.JAVA_BYTE, 0, length);
    // all of the ring is there, whatever was put into it
    FuzzBound.check(RING + data.length, () -> read(data));
  }

  private static @Nullable Throwable read(byte[] data) throws IOException {
    ParcelCodec codec = codec(0);
    RecordReader reader = new RecordReader(LANE, codec, DIRECTORY);
    Throwable failure = null;
    try {
      for (int i = 0; i < MOST_RECORDS; i++) {
        Parcel parcel = reader.next();
        if (parcel.file != null) {
          if (!DIRECTORY.equals(parcel.file.getParent())) {
            throw new AssertionError("a file elsewhere: " + parcel.file);
          }
          if (parcel.file.endsWith(FILE)) {
            Files.write(parcel.file, Arrays.copyOfRange(data, data.length / 2, data.length));
          }
        }
        Throwable next = decode(codec, parcel);
        if (next != null) {
          if (failure != null) {
            next.addSuppressed(failure);
          }
          failure = next;
        }
      }
    } catch (BrokenLaneException e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError("a failure without a message", e);
      }
    }
    return failure;
  }

  private static @Nullable Throwable decode(ParcelCodec codec, Parcel parcel) {
    try {
      var _ = codec.decode(parcel);
      return null;
    } catch (UncheckedIOException e) {
      return e;
    }
  }
}
