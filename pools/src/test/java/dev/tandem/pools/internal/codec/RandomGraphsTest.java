package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Graphs of objects made by chance arrive like those that the JDK's serialization sends: the same
/// classes and values, and the same objects shared.
class RandomGraphsTest {
  private static final long SEED = 20261121;
  private static final int ROUNDS = 3_000;

  private final Random random = new Random(SEED);
  private final List<Object> shareable = new ArrayList<>();

  record Leaf(int number, String text, double real, boolean flag) implements Serializable {}

  record Branch(Object left, Object right, long number) implements Serializable {}

  static final class Bean implements Serializable {
    private static final long serialVersionUID = 1L;
    Object content;
  }

  @Test
  void arriveLikeThoseThatTheJdkSends() throws Exception {
    Wire wire = new Wire();
    int ours = 0;
    for (int round = 0; round < ROUNDS; round++) {
      shareable.clear();
      Object graph = graph(6, round % 4 == 0);
      String expected = describe(throughTheJdk(graph));
      assertThat(describe(wire.send(graph))).as("round %d", round).isEqualTo(expected);
      ours += wire.tag() == Tag.JDK ? 0 : 1;
    }
    assertThat(ours).isGreaterThan(ROUNDS / 2);
  }

  private static Object throughTheJdk(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  private Object graph(int depth, boolean beans) {
    int kind = random.nextInt(depth == 0 ? 10 : beans ? 22 : 21);
    Object value =
        switch (kind) {
          case 0 -> random.nextInt();
          case 1 -> random.nextLong();
          case 2 -> "text " + random.nextInt(100) + (random.nextBoolean() ? "€" : "ü");
          case 3 -> random.nextDouble();
          case 4 -> null;
          case 5 -> new Leaf(random.nextInt(), "n" + random.nextInt(), random.nextFloat(), true);
          case 6 -> TimeUnit.values()[random.nextInt(7)];
          case 7 -> new BigDecimal(random.nextInt()).movePointLeft(3);
          case 8 -> Instant.ofEpochMilli(random.nextLong());
          case 9 -> random.ints(random.nextInt(5)).toArray();
          case 10 -> fill(new ArrayList<>(), depth, beans);
          case 11 -> fill(new LinkedList<>(), depth, beans);
          case 12 -> Arrays.asList(fill(new ArrayList<>(), depth, beans).toArray());
          case 13 -> fill(new ArrayList<>(), depth, beans).toArray();
          case 14 -> fill(new ArrayList<>(), depth, beans).stream().toList();
          case 15, 16 -> new Branch(graph(depth - 1, beans), graph(depth - 1, beans), 7);
          case 17 -> map(new HashMap<>(), depth, beans);
          case 18 -> map(new LinkedHashMap<>(), depth, beans);
          case 19 -> new LinkedHashSet<>(List.of(random.nextInt(), "x", random.nextLong()));
          case 20 -> earlier();
          default -> {
            Bean bean = new Bean();
            bean.content = graph(depth - 1, beans);
            yield bean;
          }
        };
    if (value != null && !(value instanceof Record) && kind > 8 && kind < 19) {
      shareable.add(value);
    }
    return value;
  }

  private Object earlier() {
    return shareable.isEmpty() ? "none" : shareable.get(random.nextInt(shareable.size()));
  }

  private Collection<Object> fill(Collection<Object> to, int depth, boolean beans) {
    for (int i = random.nextInt(4); i > 0; i--) {
      to.add(graph(depth - 1, beans));
    }
    return to;
  }

  private Map<Object, Object> map(Map<Object, Object> to, int depth, boolean beans) {
    for (int i = random.nextInt(4); i > 0; i--) {
      to.put("key" + random.nextInt(), graph(depth - 1, beans));
    }
    return to;
  }

  /// A text that is the same for graphs that are the same.
  private static String describe(Object value) {
    StringBuilder text = new StringBuilder();
    describe(value, text, new IdentityHashMap<>());
    return text.toString();
  }

  private static void describe(Object value, StringBuilder text, Map<Object, Integer> seen) {
    boolean container =
        value instanceof Collection
            || value instanceof Map
            || value != null && value.getClass().isArray();
    if (container) {
      Integer number = seen.putIfAbsent(value, seen.size());
      if (number != null) {
        text.append('#').append(number);
        return;
      }
    }
    text.append(value == null ? "null" : value.getClass().getName()).append('(');
    switch (value) {
      case Collection<?> all -> all.forEach(part -> describe(part, text, seen));
      case Object[] all -> Arrays.asList(all).forEach(part -> describe(part, text, seen));
      case int[] all -> text.append(Arrays.toString(all));
      case Map<?, ?> map ->
          (map instanceof LinkedHashMap ? map : new TreeMap<>(map))
              .forEach((key, part) -> {
                describe(key, text, seen);
                describe(part, text, seen);
              });
      case Branch branch -> {
        describe(branch.left, text, seen);
        describe(branch.right, text, seen);
      }
      case Bean bean -> describe(bean.content, text, seen);
      case null, default -> text.append(value);
    }
    text.append(')');
  }
}
