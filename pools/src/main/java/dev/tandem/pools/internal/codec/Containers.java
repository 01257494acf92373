package dev.tandem.pools.internal.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Writers of the JDK's containers. A mutable container is numbered before its parts are written,
/// so that the parts may refer to it; an immutable one after them.
final class Containers {
  private Containers() {}

  static void write(int tag, Object object, Writing to) {
    Output out = to.out;
    switch (tag) {
      case Tag.OBJECTS, Tag.STRINGS -> {
        to.seen.add(object);
        out.putByte(tag);
        elements((@Nullable Object[]) object, to);
      }
      case Tag.BUFFER -> {
        to.seen.add(object);
        Buffers.write((ByteBuffer) object, out);
      }
      case Tag.ARRAY_LIST,
          Tag.LINKED_LIST,
          Tag.ARRAY_DEQUE,
          Tag.AS_LIST,
          Tag.HASH_SET,
          Tag.LINKED_HASH_SET -> {
        to.seen.add(object);
        out.putByte(tag);
        elements((Collection<?>) object, to);
      }
      case Tag.TREE_SET -> {
        to.seen.add(object);
        out.putByte(tag);
        to.write(((SortedSet<?>) object).comparator());
        elements((Collection<?>) object, to);
      }
      case Tag.IMMUTABLE_LIST -> {
        List<?> list = (List<?>) object;
        out.putByte(ofNullable(list) ? Tag.IMMUTABLE_LIST_OF_NULLABLE : Tag.IMMUTABLE_LIST);
        elements(list, to);
        to.seen.add(object);
      }
      case Tag.EMPTY_LIST -> out.putByte(tag);
      case Tag.SINGLETON_LIST -> {
        out.putByte(tag);
        to.write(((List<?>) object).getFirst());
        to.seen.add(object);
      }
      case Tag.IMMUTABLE_SET -> {
        out.putByte(tag);
        elements((Collection<?>) object, to);
        to.seen.add(object);
      }
      case Tag.HASH_MAP, Tag.LINKED_HASH_MAP, Tag.CONCURRENT_HASH_MAP -> {
        if (tag == Tag.CONCURRENT_HASH_MAP) {
          to.checkCaptured(object); // of the shared kinds, the only one that the format knows
        }
        to.seen.add(object);
        out.putByte(tag);
        entries((Map<?, ?>) object, to);
      }
      case Tag.TREE_MAP -> {
        to.seen.add(object);
        out.putByte(tag);
        to.write(((SortedMap<?, ?>) object).comparator());
        entries((Map<?, ?>) object, to);
      }
      case Tag.IMMUTABLE_MAP -> {
        out.putByte(tag);
        entries((Map<?, ?>) object, to);
        to.seen.add(object);
      }
      case Tag.ENTRY, Tag.ENTRY_COPY -> {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) object;
        out.putByte(tag);
        to.write(entry.getKey());
        to.write(entry.getValue());
        to.seen.add(object);
      }
      case Tag.OPTIONAL -> {
        out.putByte(tag);
        to.write(((Optional<?>) object).orElse(null));
        to.seen.add(object);
      }
      default -> {
        to.seen.add(object);
        PrimitiveArrays.write(tag, object, out);
      }
    }
  }

  static void elements(@Nullable Object[] array, Writing to) {
    to.out.putVarInt(array.length);
    for (Object element : array) {
      to.write(element);
    }
  }

  /// Writes the number of elements and as many elements, also while other threads add or remove
  /// some.
  private static void elements(Collection<?> elements, Writing to) {
    if (elements instanceof java.util.RandomAccess && elements instanceof List<?> list) {
      int size = list.size();
      to.out.putVarInt(size);
      for (int i = 0; i < size; i++) {
        to.write(list.get(i));
      }
      return;
    }
    elements(elements.toArray(), to);
  }

  private static void entries(Map<?, ?> map, Writing to) {
    int size = map.size();
    @Nullable Object[] all = new @Nullable Object[size * 2];
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (count == all.length) { // a concurrent map that grows
        all = Arrays.copyOf(all, count * 2 + 2);
      }
      all[count++] = entry.getKey();
      all[count++] = entry.getValue();
    }
    to.out.putVarInt(count / 2);
    for (int i = 0; i < count; i++) {
      to.write(all[i]);
    }
  }

  /// {@return whether the list, immutable, can hold and be asked for null}
  private static boolean ofNullable(List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == null) {
        return true;
      }
    }
    return List.copyOf(list) != list; // copyOf copies such a list, and returns others as they are
  }
}
