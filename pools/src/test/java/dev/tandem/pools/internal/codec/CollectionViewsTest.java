package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.Lists;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Views of collections arrive as copies of what they show.
class CollectionViewsTest {
  private final Wire wire = new Wire();

  enum Side {
    LEFT,
    RIGHT
  }

  record InRecord(Object view) {}

  record InSerializable(Object view) implements Serializable {}

  static class InBean implements Serializable {
    private static final long serialVersionUID = 1L;
    final Object view;

    InBean(Object view) {
      this.view = view;
    }
  }

  static Stream<Object> views() {
    List<Object> all = new ArrayList<>();
    List<Integer> numbers = List.of(5, 3, 4, 1);
    for (List<Integer> list :
        List.of(
            numbers,
            new ArrayList<>(numbers),
            new LinkedList<>(numbers),
            new Vector<>(numbers),
            new CopyOnWriteArrayList<>(numbers),
            Arrays.asList(5, 3, 4, 1),
            Collections.unmodifiableList(new ArrayList<>(numbers)),
            Collections.synchronizedList(new ArrayList<>(numbers)),
            Collections.checkedList(new ArrayList<>(numbers), Integer.class),
            Collections.nCopies(4, 1))) {
      all.add(list.subList(1, 3));
      all.add(list.subList(1, 4).subList(0, 2));
      all.add(list.reversed());
      all.add(list.reversed().subList(1, 2));
      all.add(Collections.unmodifiableList(list.subList(1, 3)));
      all.add(Lists.partition(list, 3));
      all.add(Lists.partition(list, 3).getFirst());
      all.add(Lists.reverse(list));
    }
    Map<String, Integer> map = Map.of("a", 1, "b", 2);
    LinkedHashMap<String, Integer> linked = new LinkedHashMap<>(map);
    TreeMap<String, Integer> tree = new TreeMap<>(map);
    for (Map<String, Integer> one :
        List.of(
            map,
            new HashMap<>(map),
            linked,
            linked.reversed(),
            tree,
            tree.descendingMap(),
            tree.headMap("b"),
            new ConcurrentHashMap<>(map),
            new ConcurrentSkipListMap<>(map),
            Collections.unmodifiableMap(new HashMap<>(map)),
            Collections.synchronizedMap(new HashMap<>(map)),
            Collections.checkedMap(new HashMap<>(map), String.class, Integer.class))) {
      all.add(one);
      all.add(one.keySet());
      all.add(one.entrySet());
      all.add(one.entrySet().iterator().next());
      all.add(new LinkedHashMap<>(one).firstEntry());
      all.add(new ArrayList<>(one.values()));
      all.add(Collections.unmodifiableSet(one.keySet()));
    }
    EnumMap<Side, Integer> byEnum = new EnumMap<>(Map.of(Side.RIGHT, 1));
    all.add(byEnum.keySet());
    all.add(byEnum.entrySet());
    all.add(byEnum.entrySet().iterator().next());
    all.add(tree.firstEntry());
    all.add(tree.navigableKeySet());
    all.add(tree.descendingKeySet());
    all.add(new TreeSet<>(numbers).headSet(4));
    all.add(new LinkedHashSet<>(numbers).reversed());
    Properties properties = new Properties();
    properties.put("k", "v");
    all.add(properties.entrySet());
    all.add(System.getenv().keySet());
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("views")
  void aViewArrivesAsWhatItShows(Object view) throws Exception {
    Object copy = wire.send(view);
    assertThat(copy).isEqualTo(view).hasSameHashCodeAs(view);
    if (view instanceof Collection<?> all) {
      assertThat((Collection<?>) copy).as("in its order").hasToString(all.toString());
    }
    assertThat(wire.send(new InRecord(view)).view()).isEqualTo(view);
    assertThat(wire.send(new InSerializable(view)).view()).isEqualTo(view);
    assertThat(wire.send(new InBean(view)).view).isEqualTo(view);
  }

  @Test
  void valuesAndDequesArriveInTheirOrder() throws Exception {
    LinkedHashMap<String, Integer> map = new LinkedHashMap<>();
    map.put("x", 9);
    map.put("y", 3);
    assertThat(wire.send(map.values())).containsExactly(9, 3);
    assertThat(wire.send(map.sequencedValues().reversed())).containsExactly(3, 9);
    assertThat(wire.send(new ArrayDeque<>(List.of(1, 2, 3)).reversed())).containsExactly(3, 2, 1);
  }

  @Test
  void anEntryKeepsItsNull() throws Exception {
    Map<String, Integer> map = new HashMap<>();
    map.put("a", null);
    Map.Entry<String, Integer> copy = wire.send(map.entrySet().iterator().next());
    assertThat(copy.getKey()).isEqualTo("a");
    assertThat(copy.getValue()).isNull();
  }

  @Test
  void aViewThatIsThereTwiceIsTheSameTwice() throws Exception {
    List<Integer> view = new ArrayList<>(List.of(1, 2, 3)).subList(0, 2);
    List<Object> copy = wire.send(new ArrayList<Object>(List.of(view, view)));
    assertThat(copy.get(0)).isSameAs(copy.get(1));
    Object[] parts = (Object[]) wire.send(new InBean(new Object[] {view, view})).view;
    assertThat(parts[0]).isSameAs(parts[1]);
  }

  @Test
  void whatIsInsideOfAViewIsNamedIfItCannotBeSent() {
    Map<String, Object> map = new HashMap<>();
    map.put("k", new Object());
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> wire.send(map.values()))
        .withMessageContaining("element 0 of java.util.HashMap$Values -> java.lang.Object is not");
  }

  /// An application's own class may mean more than it shows.
  static class OwnList extends AbstractList<Integer> {
    @Override
    public Integer get(int index) {
      return index;
    }

    @Override
    public int size() {
      return 2;
    }
  }

  @Test
  void aListOfTheApplicationsOwnIsRefusedWithAdvice() throws Exception {
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> wire.send(new OwnList()))
        .withMessage(
            OwnList.class.getName()
                + " is not serializable: send a copy, List.copyOf(...), or new ArrayList<>(...)");
    assertThat(wire.send(List.copyOf(new OwnList()))).containsExactly(0, 1);
    assertThat(wire.send(new OwnList().subList(0, 1))).containsExactly(0);
  }

  @Test
  void aChangeMeanwhileIsAClearFailure() {
    List<Integer> base = new ArrayList<>(List.of(1, 2, 3));
    List<Integer> view = base.subList(0, 2);
    base.add(4);
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> wire.send(view))
        .withMessageContaining("was changed while it was encoded")
        .withMessageContaining("List.copyOf")
        .withCauseInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void anEmptyViewIsEmpty() throws Exception {
    assertThat(wire.send(new HashMap<String, String>().keySet())).isInstanceOf(Set.class).isEmpty();
  }
}
