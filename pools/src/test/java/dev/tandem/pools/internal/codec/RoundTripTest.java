package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.Settled;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  private final Wire wire = new Wire();

  record Point(int x, int y) {}

  record All(
      boolean a, byte b, short c, char d, int e, long f, float g, double h, String i, Point j) {}

  record Empty() {}

  enum Shape {
    ROUND,
    SQUARE {
      @Override
      int corners() {
        return 4;
      }
    };

    int corners() {
      return 0;
    }
  }

  static final class Plain implements Serializable {
    private static final long serialVersionUID = 1L;
    final String name;
    final List<Object> parts = new ArrayList<>();

    Plain(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain plain && plain.name.equals(name) && plain.parts.equals(parts);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  static Stream<Arguments> values() {
    return everything().map(value -> Arguments.of(value));
  }

  static Stream<Object> everything() {
    List<Object> nullable = Stream.<Object>of("a", null, 3).toList();
    return Stream.of(
        true,
        false,
        (byte) -7,
        (short) -300,
        'ä',
        '\u20ac',
        1 << 30,
        -1,
        1L << 60,
        -0.0f,
        Float.NaN,
        Math.PI,
        Double.MIN_VALUE,
        "",
        "plain",
        "grün",
        "€uro \ud83d\ude00 \ud800",
        "x".repeat(100_000),
        "€".repeat(100_000),
        new boolean[] {true, false},
        new byte[] {1, 2},
        new byte[100_000],
        new short[] {1, -2},
        new char[] {'a', '€'},
        new int[] {1, -2},
        new long[] {1, -2},
        new float[] {1, Float.NaN},
        new double[] {1, -2},
        new double[100_000],
        new Object[] {1, null, "a"},
        new String[] {"a", null},
        new Integer[] {1, null},
        new int[][] {{1}, {2, 3}, null},
        new Point[] {new Point(1, 2)},
        new Shape[][] {{Shape.ROUND}},
        new Object[0],
        new ArrayList<>(Arrays.asList(1, null, "c")),
        new LinkedList<>(List.of(1, 2)),
        Arrays.asList(1, null),
        List.of(),
        List.of(1),
        List.of(1, 2),
        List.of(1, 2, 3),
        List.of(1, List.of("x")),
        nullable,
        Stream.of(1, 2, 3).toList(),
        Collections.emptyList(),
        Collections.singletonList(null),
        Collections.nCopies(1_000_000_000, "x").subList(0, 3),
        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
        Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))),
        new HashSet<>(Arrays.asList(1, null)),
        new LinkedHashSet<>(List.of(3, 1, 2)),
        new TreeSet<>(List.of(3, 1, 2)),
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        new HashMap<>(Map.of("a", 1)),
        new LinkedHashMap<>(Map.of("a", 1)),
        new TreeMap<>(Map.of("b", 2)),
        new ConcurrentHashMap<>(Map.of("a", 1)),
        Map.of(),
        Map.of(1, 2),
        Map.of(1, 2, 3, 4),
        Map.entry("k", "v"),
        Optional.empty(),
        Optional.of("x"),
        OptionalInt.empty(),
        OptionalInt.of(3),
        OptionalLong.of(3),
        OptionalLong.empty(),
        OptionalDouble.of(3),
        OptionalDouble.empty(),
        BigInteger.TEN.pow(100).negate(),
        new BigDecimal("-12.3400"),
        UUID.randomUUID(),
        Duration.ofNanos(-5),
        Instant.now(),
        Instant.MIN,
        LocalDate.now(),
        LocalDate.MAX,
        LocalTime.MAX,
        LocalDateTime.now(),
        ZoneOffset.ofHours(2),
        ZoneId.of("Europe/Berlin"),
        OffsetDateTime.now(),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
            .withLaterOffsetAtOverlap(),
        Period.of(1, -2, 3),
        new Date(5),
        URI.create("http://a/b?c#d"),
        Path.of("/tmp/x y"),
        Path.of(""),
        TimeUnit.DAYS,
        Shape.ROUND,
        Shape.SQUARE,
        new Point(1, -2),
        new Empty(),
        new All(true, (byte) -1, (short) -2, '€', 5, 6, 7, 8, null, new Point(1, 2)),
        new Settled<>(Path.of("a"), new Outcome.Success<>(7)),
        new Outcome.Cancelled<>(),
        new Plain("p"),
        List.of(
            new Plain("p"),
            new Point(1, 2),
            Path.of("a"),
            Optional.of(Path.of("b")),
            Map.entry(1, 2),
            OptionalInt.of(4),
            Shape.SQUARE,
            new Empty()),
        new Object[] {new Plain("p"), new byte[100_000]},
        Locale.GERMANY,
        int.class,
        Point.class,
        new java.util.EnumMap<>(Map.of(Shape.ROUND, 1)),
        java.util.EnumSet.of(Shape.SQUARE));
  }

  private static final class Locale {
    static final java.util.Locale GERMANY = java.util.Locale.GERMANY;
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyKindOfValueArrives(Object value) throws Exception {
    Object copy = wire.send(value);
    assertThat(Objects.deepEquals(copy, value)).isTrue();
    assertThat(copy.getClass()).isEqualTo(value.getClass());
    assertThat(wire.send(new Object[] {value, value})[0].getClass()).isEqualTo(value.getClass());
    assertThat(wire.send(Arrays.asList(new Plain("x"), value)).get(1).getClass())
        .isEqualTo(value.getClass());
  }

  @Test
  void nullArrives() throws Exception {
    assertThat(wire.<Object>send(null)).isNull();
  }

  @Test
  void dequesKeepTheirOrder() throws Exception {
    assertThat(wire.send(new ArrayDeque<>(List.of(3, 1, 2)))).containsExactly(3, 1, 2);
  }

  @Test
  void lambdasArriveWithWhatTheyCaptured() throws Exception {
    int number = 3;
    String text = "x";
    long[] array = {1, 2};
    Plain plain = new Plain("p");
    SerializableFunction<Integer, String> fast = n -> text.repeat(n * number) + array.length;
    SerializableCallable<String> slow = () -> plain.name + text + number;
    SerializableCallable<Integer> none = () -> 5;
    SerializableFunction<Point, Integer> reference = Point::x;
    SerializableFunction<Integer, Point> bound = new Mover(new Point(1, 2))::move;
    for (int i = 0; i < 3; i++) {
      assertThat(wire.send(fast).apply(2)).isEqualTo("xxxxxx2");
      assertThat(wire.tag()).isEqualTo(Tag.LAMBDA);
      assertThat(wire.send(slow).call()).isEqualTo("px3");
      assertThat(wire.tag()).isEqualTo(Tag.LAMBDA_JDK);
      assertThat(wire.send(none).call()).isEqualTo(5);
      assertThat(wire.send(reference).apply(new Point(7, 8))).isEqualTo(7);
      assertThat(wire.send(bound).apply(2)).isEqualTo(new Point(3, 4));
      assertThat(wire.send(List.of(none, fast)).get(1)).isInstanceOf(SerializableFunction.class);
    }
  }

  record Mover(Point from) {
    Point move(int by) {
      return new Point(from.x + by, from.y + by);
    }
  }

  @Test
  void comparatorsArriveWithTheirCollections() throws Exception {
    TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
    map.putAll(Map.of("a", 1, "b", 2));
    assertThat(wire.send(map).keySet()).containsExactly("b", "a");
    TreeSet<Point> set = new TreeSet<>((Comparator<Point> & Serializable) (a, b) -> a.y - b.y);
    set.addAll(List.of(new Point(1, 2), new Point(2, 1)));
    assertThat(wire.send(set)).containsExactly(new Point(2, 1), new Point(1, 2));
  }
}
