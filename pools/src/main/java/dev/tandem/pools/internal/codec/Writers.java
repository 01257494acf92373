package dev.tandem.pools.internal.codec;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The choice of the writer for a class.
final class Writers {
  private static final Writer UNKNOWN = new Writer.Unknown();

  /// Writers by exact class: a subclass may have fields or a serial form of its own.
  private static final Map<Class<?>, Writer> KNOWN = new HashMap<>();

  static {
    value(Boolean.class, Tag.TRUE);
    value(Byte.class, Tag.BYTE);
    value(Short.class, Tag.SHORT);
    value(Character.class, Tag.CHAR);
    value(Float.class, Tag.FLOAT);
    value(java.util.OptionalInt.class, Tag.OPTIONAL_INT);
    value(java.util.OptionalLong.class, Tag.OPTIONAL_LONG);
    value(java.util.OptionalDouble.class, Tag.OPTIONAL_DOUBLE);
    value(java.math.BigInteger.class, Tag.BIG_INTEGER);
    value(java.math.BigDecimal.class, Tag.BIG_DECIMAL);
    value(java.util.UUID.class, Tag.UUID);
    value(java.time.Duration.class, Tag.DURATION);
    value(java.time.Instant.class, Tag.INSTANT);
    value(java.time.LocalDate.class, Tag.LOCAL_DATE);
    value(java.time.LocalTime.class, Tag.LOCAL_TIME);
    value(java.time.LocalDateTime.class, Tag.LOCAL_DATE_TIME);
    value(java.time.OffsetDateTime.class, Tag.OFFSET_DATE_TIME);
    value(java.time.ZonedDateTime.class, Tag.ZONED_DATE_TIME);
    value(java.time.Period.class, Tag.PERIOD);
    value(java.util.Date.class, Tag.DATE);
    value(java.net.URI.class, Tag.URI);
    container(boolean[].class, Tag.BOOLEANS);
    container(byte[].class, Tag.BYTES);
    container(short[].class, Tag.SHORTS);
    container(char[].class, Tag.CHARS);
    container(int[].class, Tag.INTS);
    container(long[].class, Tag.LONGS);
    container(float[].class, Tag.FLOATS);
    container(double[].class, Tag.DOUBLES);
    container(Object[].class, Tag.OBJECTS);
    container(String[].class, Tag.STRINGS);
    container(java.util.ArrayList.class, Tag.ARRAY_LIST);
    container(java.util.LinkedList.class, Tag.LINKED_LIST);
    container(java.util.ArrayDeque.class, Tag.ARRAY_DEQUE);
    container(java.util.Arrays.asList().getClass(), Tag.AS_LIST);
    container(List.of().getClass(), Tag.IMMUTABLE_LIST);
    container(List.of(1).getClass(), Tag.IMMUTABLE_LIST);
    container(Collections.emptyList().getClass(), Tag.EMPTY_LIST);
    container(Collections.singletonList(1).getClass(), Tag.SINGLETON_LIST);
    container(java.util.HashSet.class, Tag.HASH_SET);
    container(java.util.LinkedHashSet.class, Tag.LINKED_HASH_SET);
    container(java.util.TreeSet.class, Tag.TREE_SET);
    container(Set.of().getClass(), Tag.IMMUTABLE_SET);
    container(Set.of(1).getClass(), Tag.IMMUTABLE_SET);
    container(HashMap.class, Tag.HASH_MAP);
    container(java.util.LinkedHashMap.class, Tag.LINKED_HASH_MAP);
    container(java.util.TreeMap.class, Tag.TREE_MAP);
    container(java.util.concurrent.ConcurrentHashMap.class, Tag.CONCURRENT_HASH_MAP);
    container(Map.of().getClass(), Tag.IMMUTABLE_MAP);
    container(Map.of(1, 1).getClass(), Tag.IMMUTABLE_MAP);
    container(Map.entry(1, 1).getClass(), Tag.ENTRY);
    container(java.util.Optional.class, Tag.OPTIONAL);
  }

  private Writers() {}

  private static void value(Class<?> type, int tag) {
    KNOWN.put(type, new Writer.OfValue(tag));
  }

  private static void container(Class<?> type, int tag) {
    KNOWN.put(type, new Writer.OfContainer(tag));
  }

  static Writer create(Class<?> type, Encoder encoder) {
    Writer known = KNOWN.get(type);
    if (known != null) {
      return known;
    }
    if (Handle.class.isAssignableFrom(type) || Proxy.isProxyClass(type)) {
      return new Writer.OfHandle();
    }
    if (LambdaSite.isLambda(type)) {
      return new DefinedWriters.OfLambda();
    }
    if (type.isRecord()) {
      RecordShape shape = RecordShape.of(type);
      return shape.parts == null
          ? UNKNOWN
          : new DefinedWriters.OfRecord(
              encoder.define(Definition.ofRecord(type, shape), type), shape.parts);
    }
    if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
      Class<?> declared = type.isEnum() ? type : type.getSuperclass();
      return declared.isEnum()
          ? new DefinedWriters.OfEnum(encoder.define(Definition.ofEnum(declared), declared))
          : UNKNOWN;
    }
    if (type.isArray()) {
      return new DefinedWriters.OfArray(encoder.define(Definition.ofArray(type), type));
    }
    int view = CollectionViews.tag(type);
    if (view >= 0) {
      return new Writer.OfView(view);
    }
    if (Path.class.isAssignableFrom(type)) {
      return new Writer.OfValue(Tag.PATH);
    }
    if (ByteBuffer.class.isAssignableFrom(type)) {
      return new Writer.OfContainer(Tag.BUFFER);
    }
    if (ZoneId.class.isAssignableFrom(type)) {
      return new Writer.OfValue(Tag.ZONE_ID);
    }
    return UNKNOWN;
  }
}
