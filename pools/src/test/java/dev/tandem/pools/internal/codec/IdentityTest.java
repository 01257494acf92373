package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.SerializableCallable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private final Wire wire = new Wire();

  record Pair(Object left, Object right) {}

  record Link(Link next, int number) implements Serializable {}

  static final class Node implements Serializable {
    private static final long serialVersionUID = 1L;
    Object next;
  }

  @Test
  void whatIsSharedStaysShared() throws Exception {
    List<Object> shared =
        List.of(
            new ArrayList<>(List.of(1)),
            new int[] {1},
            new Object[] {1},
            new Integer[] {1},
            new byte[1],
            new byte[20_000],
            new HashMap<>(Map.of(1, 2)),
            List.of(1, 2, 3),
            Map.of(1, 2),
            new TreeMap<>(Map.of(1, 2)),
            Arrays.asList(1, 2));
    for (Object value : shared) {
      Pair copy = wire.send(new Pair(value, List.of(value)));
      assertThat(((List<?>) copy.right()).getFirst()).isSameAs(copy.left());
      copy = wire.send(new Pair(value, List.of(value, new Node()))); // by the JDK
      assertThat(((List<?>) copy.right()).getFirst()).isSameAs(copy.left());
    }
  }

  @Test
  void manySharedObjectsStayShared() throws Exception {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(new ArrayList<>(List.of(i)));
    }
    all.addAll(new ArrayList<>(all));
    List<Object> copy = wire.send(all);
    assertThat(copy).isEqualTo(all);
    for (int i = 0; i < 10_000; i++) {
      assertThat(copy.get(i)).isSameAs(copy.get(i + 10_000));
    }
  }

  @Test
  void aLambdaSharesWithWhatItCaptured() throws Exception {
    List<Integer> list = new ArrayList<>();
    Node node = new Node();
    node.next = list;
    SerializableCallable<Boolean> fast = () -> new Pair(list, list).left() == list;
    SerializableCallable<Boolean> slow = () -> node.next == list;
    assertThat(wire.send(fast).call()).isTrue();
    assertThat(wire.send(slow).call()).isTrue();
  }

  @Test
  void cyclesOfCollectionsAndArraysAreKept() throws Exception {
    List<Object> list = new ArrayList<>();
    Object[] array = {list};
    Map<String, Object> map = new HashMap<>();
    map.put("a", array);
    list.add(map);
    List<Object> copy = wire.send(list);
    assertThat(wire.tag()).isEqualTo(Tag.ARRAY_LIST);
    Map<?, ?> copiedMap = (Map<?, ?>) copy.getFirst();
    assertThat(((Object[]) copiedMap.get("a"))[0]).isSameAs(copy);
  }

  @Test
  void cyclesOfObjectsAreLeftToTheJdk() throws Exception {
    Node node = new Node();
    node.next = List.of(node);
    Node copy = wire.send(node);
    assertThat(((List<?>) copy.next).getFirst()).isSameAs(copy);
  }

  @Test
  void recordsThatShareLevelByLevelDoNotMultiply() throws Exception {
    Object value = "x";
    for (int i = 0; i < 150; i++) {
      value = new Pair(value, value);
    }
    Pair copy = (Pair) wire.send(value);
    assertThat(wire.tag()).isEqualTo(Tag.RECORD);
    assertThat(wire.out.length()).isLessThan(10_000);
    Object left = copy;
    for (int i = 0; i < 150; i++) {
      left = ((Pair) left).left();
    }
    assertThat(left).isEqualTo("x");
  }

  @Test
  void whatIsNestedDeeplyIsLeftToTheJdk() throws Exception {
    Link chain = null;
    for (int i = 0; i < Writing.MAX_DEPTH; i++) {
      chain = new Link(chain, i);
    }
    assertThat(wire.send(chain)).isEqualTo(chain);
    assertThat(wire.tag()).isEqualTo(Tag.RECORD);
    chain = new Link(chain, -1);
    assertThat(wire.send(chain)).isEqualTo(chain);
    assertThat(wire.tag()).isEqualTo(Tag.JDK);
  }

  @Test
  void nothingIsSharedBetweenTwoValues() throws Exception {
    List<Integer> list = new ArrayList<>();
    wire.out.reset();
    wire.encoder.encode(list, wire.out);
    wire.encoder.encode(list, wire.out);
    Input in = wire.transfer();
    assertThat(wire.decoder.decode(in)).isNotSameAs(wire.decoder.decode(in));
    assertThat(in.remaining()).isZero();
  }

  @Test
  void aBlobIsTheArrayThatWasRead() throws Exception {
    byte[] bytes = new byte[Output.BLOB_SIZE];
    wire.out.reset();
    wire.encoder.encode(bytes, wire.out);
    assertThat(wire.out.blobs()).hasSize(1);
    assertThat(wire.out.blobs().getFirst().array()).isSameAs(bytes);
    assertThat(wire.out.length()).isLessThan(10);
    byte[] read = bytes.clone();
    Input in = new Input(wire.out.array(), 0, wire.out.length(), new byte[][] {read});
    assertThat(wire.decoder.decode(in)).isSameAs(read);
  }

  @Test
  void blobsStayBlobsInsideOfWhatTheJdkWrites() throws Exception {
    Node node = new Node();
    byte[] bytes = new byte[50_000];
    node.next = new Object[] {bytes, java.nio.ByteBuffer.wrap(bytes), bytes};
    Node copy = wire.send(node);
    assertThat(wire.out.length()).isLessThan(2_000);
    Object[] parts = (Object[]) copy.next;
    assertThat(parts[0]).isEqualTo(bytes).isSameAs(parts[2]);
    assertThat(parts[1]).isEqualTo(java.nio.ByteBuffer.wrap(bytes));
  }
}
