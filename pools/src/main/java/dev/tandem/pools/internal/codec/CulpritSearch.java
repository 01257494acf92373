package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Diagnosis.Culprit;
import dev.tandem.pools.internal.codec.Writing.NeedsJdk;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The search for an object that cannot be sent, as far as reflection is allowed. Used only after
/// encoding has failed, so it may be slow, but not endless.
final class CulpritSearch {
  private static final int MOST_OBJECTS = 200_000;

  /// An object to examine, and the path to it.
  private record Step(@Nullable Step from, String edge, Object object) {}

  private final @Nullable Encoder ofBody;
  private final Encoder encoder = new Encoder();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> open = new ArrayDeque<>();

  /// Creates one.
  ///
  /// @param ofBody the encoder, if what it encodes is a body, which must not capture objects that
  ///   are made to be shared; else null
  CulpritSearch(@Nullable Encoder ofBody) {
    this.ofBody = ofBody;
  }

  /// {@return the culprit that is nearest to the value, or null}
  @Nullable Culprit find(@Nullable Object value) {
    add(null, "", value);
    for (Step step = open.poll(); step != null && seen.size() < MOST_OBJECTS; step = open.poll()) {
      if (!expand(step)) {
        return new Culprit(path(step), step.object);
      }
    }
    return null;
  }

  private static List<String> path(Step end) {
    List<String> path = new ArrayList<>();
    for (Step step = end; step != null && step.from != null; step = step.from) {
      path.add(step.edge);
    }
    Collections.reverse(path);
    return path;
  }

  private void add(@Nullable Step from, String edge, @Nullable Object object) {
    if (object != null && !(object instanceof String) && seen.add(object)) {
      open.add(new Step(from, edge, object));
    }
  }

  /// {@return whether the object as such can be sent}
  private boolean expand(Step step) {
    Object object = step.object;
    Class<?> type = object.getClass();
    if (ofBody != null
        && object instanceof Serializable
        && SharedKind.of(object) != null
        && !ofBody.copies(type)) {
      return false;
    }
    if (Handle.of(object) != null) {
      return true;
    }
    switch (object) {
      case Object[] array -> addAll(step, List.of(), array);
      case Optional<?> optional -> add(step, "the value of an Optional", optional.orElse(null));
      case AtomicReference<?> reference ->
          add(step, "the value of an AtomicReference", reference.get());
      case ByteBuffer _ -> {}
      case Map<?, ?> map when isContainer(map) -> {
        if (map instanceof SortedMap<?, ?> sorted) {
          add(step, "the comparator of " + type.getName(), sorted.comparator());
        }
        addEntries(step, map);
      }
      case Collection<?> all when isContainer(all) -> {
        addComparator(step, all);
        addAll(step, all, all.toArray());
      }
      case Map.Entry<?, ?> entry -> {
        add(step, "the key of an entry", entry.getKey());
        add(step, "the value of an entry", entry.getValue());
      }
      case Record _ when RecordShape.of(type).parts != null -> addFields(step, type);
      default -> {
        if (!(object instanceof Serializable)) {
          return encoder.writer(type) instanceof Writer.OfValue && isWritable(object);
        }
        if (LambdaSite.isLambda(type)) {
          addCaptured(step);
        } else if (!(encoder.writer(type) instanceof Writer.OfContainer)) {
          addFields(step, type);
        }
      }
    }
    return true;
  }

  private boolean isContainer(Object object) {
    return object instanceof Serializable
        || encoder.writer(object.getClass()) instanceof Writer.OfContainer;
  }

  private void addComparator(Step step, Collection<?> all) {
    Comparator<?> comparator =
        switch (all) {
          case SortedSet<?> set -> set.comparator();
          case PriorityQueue<?> queue -> queue.comparator();
          case PriorityBlockingQueue<?> queue -> queue.comparator();
          default -> null;
        };
    add(step, "the comparator of " + all.getClass().getName(), comparator);
  }

  private boolean isWritable(Object value) {
    try {
      encoder.writer(value.getClass()).write(value, new Writing(encoder, new Output()));
      return true;
    } catch (NeedsJdk e) {
      return false; // a path of another file system
    }
  }

  private void addAll(Step step, Collection<?> owner, @Nullable Object[] elements) {
    String name =
        owner.isEmpty() ? step.object.getClass().getTypeName() : owner.getClass().getName();
    for (int i = 0; i < elements.length; i++) {
      add(step, "element " + i + " of " + name, elements[i]);
    }
  }

  private void addEntries(Step step, Map<?, ?> map) {
    String name = map.getClass().getName();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      add(step, "a key of " + name, entry.getKey());
      Object key = entry.getKey();
      boolean plain = key instanceof String || key instanceof Integer || key instanceof Long;
      String edge = plain ? String.valueOf(key) : "a key";
      add(step, "the value of " + edge + " in " + name, entry.getValue());
    }
  }

  private void addCaptured(Step step) {
    SerializedLambda site = LambdaSite.serialized(step.object);
    for (int i = 0; site != null && i < site.getCapturedArgCount(); i++) {
      String place = site.getCapturingClass().replace('/', '.');
      String[] body = site.getImplMethodName().split("\\$", -1); // lambda$method$hash$number
      String method = body.length == 4 && body[0].equals("lambda") ? "." + body[1] : "";
      Object captured = site.getCapturedArg(i);
      boolean self = i == 0 && captured != null && captured.getClass().getName().equals(place);
      add(
          step,
          self
              ? "the object whose fields or methods a lambda in " + place + method + " uses"
              : "captured variable of a lambda in " + place + method,
          captured);
    }
  }

  private void addFields(Step step, Class<?> type) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (!Serializable.class.isAssignableFrom(c) && !c.isRecord()) {
        return; // its fields are not sent
      }
      for (Field field : c.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        boolean sent = !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers);
        if (sent && !field.getType().isPrimitive()) {
          add(step, c.getName() + "." + field.getName(), get(field, step.object));
        }
      }
    }
  }

  private static @Nullable Object get(Field field, Object from) {
    try {
      return field.trySetAccessible() ? field.get(from) : null;
    } catch (IllegalAccessException e) {
      return null; // not to be seen: the search goes on elsewhere
    }
  }
}
