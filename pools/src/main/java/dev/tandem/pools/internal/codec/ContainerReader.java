package dev.tandem.pools.internal.codec;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads what [Containers] writes.
@SuppressWarnings({
  "NullAway",
  "JdkObsolete"
}) // which elements may be null is the container's business
final class ContainerReader {
  private ContainerReader() {}

  static Object read(int tag, Reading from) throws DecodingException {
    Input in = from.in();
    return switch (tag) {
      case Tag.OBJECTS -> fill(from.number(new Object[in.getElements()]), from);
      case Tag.STRINGS -> fill(from.number(new String[in.getElements()]), from);
      case Tag.BUFFER, Tag.BUFFER_BLOB -> from.number(Buffers.read(tag, in));
      case Tag.ARRAY_LIST -> {
        int size = in.getElements();
        yield fill(from.number(new ArrayList<>(size)), size, from);
      }
      case Tag.LINKED_LIST -> fill(from.number(new LinkedList<>()), in.getElements(), from);
      case Tag.ARRAY_DEQUE -> fill(from.number(new ArrayDeque<>()), in.getElements(), from);
      case Tag.AS_LIST -> {
        Object[] backing = new Object[in.getElements()];
        List<Object> list = from.number(Arrays.asList(backing));
        fill(backing, from);
        yield list;
      }
      case Tag.IMMUTABLE_LIST -> from.number(List.of(fill(new Object[in.getElements()], from)));
      case Tag.IMMUTABLE_LIST_OF_NULLABLE ->
          from.number(Arrays.stream(fill(new Object[in.getElements()], from)).toList());
      case Tag.EMPTY_LIST -> Collections.emptyList();
      case Tag.SINGLETON_LIST -> from.number(Collections.singletonList(from.read()));
      case Tag.HASH_SET -> {
        int size = in.getElements();
        yield fill(from.number(HashSet.newHashSet(size)), size, from);
      }
      case Tag.LINKED_HASH_SET -> {
        int size = in.getElements();
        yield fill(from.number(LinkedHashSet.newLinkedHashSet(size)), size, from);
      }
      case Tag.TREE_SET -> {
        int number = from.reserve();
        TreeSet<Object> tree = new TreeSet<>(comparator(from));
        from.set(number, tree);
        yield fill(tree, in.getElements(), from);
      }
      case Tag.IMMUTABLE_SET -> from.number(Set.of(fill(new Object[in.getElements()], from)));
      default -> readMap(tag, from);
    };
  }

  private static Object readMap(int tag, Reading from) throws DecodingException {
    Input in = from.in();
    return switch (tag) {
      case Tag.HASH_MAP -> {
        int size = in.getElements();
        yield fill(from.number(HashMap.newHashMap(size)), size, from);
      }
      case Tag.LINKED_HASH_MAP -> {
        int size = in.getElements();
        yield fill(from.number(LinkedHashMap.newLinkedHashMap(size)), size, from);
      }
      case Tag.CONCURRENT_HASH_MAP ->
          fill(from.number(new ConcurrentHashMap<>()), in.getElements(), from);
      case Tag.TREE_MAP -> {
        int number = from.reserve();
        TreeMap<Object, Object> tree = new TreeMap<>(comparator(from));
        from.set(number, tree);
        yield fill(tree, in.getElements(), from);
      }
      case Tag.IMMUTABLE_MAP -> {
        Map.Entry<Object, Object>[] entries = entries(in.getElements());
        for (int i = 0; i < entries.length; i++) {
          entries[i] = Map.entry(from.read(), from.read());
        }
        yield from.number(Map.ofEntries(entries));
      }
      case Tag.ENTRY -> from.number(Map.entry(from.read(), from.read()));
      case Tag.ENTRY_COPY ->
          from.number(new AbstractMap.SimpleImmutableEntry<>(from.read(), from.read()));
      case Tag.OPTIONAL -> from.number(Optional.ofNullable(from.read()));
      default -> from.number(PrimitiveArrays.read(tag, in));
    };
  }

  static <T extends @Nullable Object> T[] fill(T[] array, Reading from) throws DecodingException {
    Object[] elements = array;
    for (int i = 0; i < elements.length; i++) {
      elements[i] = from.read();
    }
    return array;
  }

  private static Collection<Object> fill(Collection<Object> to, int count, Reading from)
      throws DecodingException {
    for (int i = 0; i < count; i++) {
      to.add(from.read());
    }
    return to;
  }

  private static Map<Object, Object> fill(Map<Object, Object> to, int count, Reading from)
      throws DecodingException {
    for (int i = 0; i < count; i++) {
      Object key = from.read();
      to.put(key, from.read());
    }
    return to;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Comparator<Object> comparator(Reading from) throws DecodingException {
    return (Comparator<Object>) from.read();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map.Entry<Object, Object>[] entries(int count) {
    return new Map.Entry[count];
  }
}
