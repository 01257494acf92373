package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A target of the fuzzer: a value that the JDK's serialization has written.
public final class FuzzJdk {
  private FuzzJdk() {}

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    Object[] nested = {1};
    for (int i = 0; i < 5; i++) {
      nested = new Object[] {nested, "x"};
    }
    Object[] values = {
      new RoundTripTest.Plain("p"),
      new FuzzCodec.Canary(),
      new FuzzCodec.Cage(new FuzzCodec.Canary()),
      new FuzzCodec.Canary[1],
      new RoundTripTest.Point[] {new RoundTripTest.Point(1, 2)},
      RoundTripTest.Shape.ROUND,
      nested,
      new int[] {1, 2},
      new long[][] {{1}, {2, 3}},
      new ArrayList<>(List.of(1, 2)),
      new ArrayDeque<>(List.of(1)),
      new HashMap<>(Map.of("a", 1, "b", 2)),
      new HashSet<>(List.of("a", "b")),
      new Hashtable<>(Map.of(1, 2)),
      new IdentityHashMap<>(Map.of(1, 2)),
      new TreeMap<>(Map.of(1, 2)),
      new PriorityQueue<>(List.of(3, 1)),
      new Vector<>(List.of(1)),
      new CopyOnWriteArrayList<>(List.of(1)),
      new ConcurrentHashMap<>(Map.of(1, 2)),
      new EnumMap<>(Map.of(RoundTripTest.Shape.ROUND, 1)),
      java.util.EnumSet.of(RoundTripTest.Shape.ROUND),
      BitSet.valueOf(new long[] {5}),
      BigInteger.TEN,
      new BigDecimal("1.5"),
      java.util.Locale.GERMANY,
      java.util.regex.Pattern.compile("a+"),
      Collections.nCopies(1000, "x"),
      Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
      List.of(1, 2, 3),
      Map.of(1, 2),
      new Object[] {Optional.of(1), java.nio.file.Path.of("a"), Map.entry(1, 2)},
      new Object[] {java.time.Instant.EPOCH, java.time.ZoneId.of("Europe/Berlin")},
      new IllegalStateException("a"),
      RoundTripTest.Point.class,
    };
    for (Object value : values) {
      Output out = new Output();
      try {
        JdkSerialization.writeStream(value, FuzzCodec.encoder(), out, null);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      seeds.add(Arrays.copyOfRange(out.array(), 4, out.length()));
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    Decoder decoder = FuzzCodec.decoder();
    Output out = new Output();
    out.putByte(Tag.JDK);
    out.putInt(data.length);
    out.putBytes(data, 0, data.length);
    byte[] bytes = Arrays.copyOf(out.array(), out.length());
    FuzzBound.check(
        bytes.length, () -> FuzzCodec.decode(decoder, bytes, 0, new byte[][] {new byte[100]}));
    FuzzCodec.checkUsable(decoder);
  }
}
