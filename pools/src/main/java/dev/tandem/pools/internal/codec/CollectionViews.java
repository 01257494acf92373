package dev.tandem.pools.internal.codec;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Views of collections, such as a `subList`, a `keySet` or an entry: they cannot be serialized,
/// and are sent as copies of their elements.
final class CollectionViews {
  /// A view of the JDK's that is declared serializable, but throws when it is serialized.
  private static final String REVERSED_LINKED_LIST =
      "java.util.LinkedList$ReverseOrderLinkedListView";

  /// Libraries of collections, with views as harmless as the JDK's. Views of other classes may
  /// belong to the application, which then decides how they are sent.
  private static final List<String> LIBRARIES =
      List.of(
          "com.google.common.collect.",
          "com.google.common.primitives.",
          "kotlin.collections.",
          "org.apache.commons.collections4.",
          "org.eclipse.collections.impl.");

  private CollectionViews() {}

  /// {@return the tag of the copy as which a view of this class is sent; -1 if it is no view}
  static int tag(Class<?> type) {
    if (type.getName().equals(REVERSED_LINKED_LIST)) {
      return Tag.LINKED_LIST;
    }
    if (Serializable.class.isAssignableFrom(type) || isPublic(type) || !isOfLibrary(type)) {
      return -1;
    }
    if (List.class.isAssignableFrom(type)) {
      return Tag.ARRAY_LIST;
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return Tag.TREE_SET;
    }
    if (Set.class.isAssignableFrom(type)) {
      return Tag.LINKED_HASH_SET;
    }
    if (Deque.class.isAssignableFrom(type)) {
      return Tag.ARRAY_DEQUE;
    }
    if (Collection.class.isAssignableFrom(type)) {
      return Tag.ARRAY_LIST;
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return Tag.TREE_MAP;
    }
    if (Map.class.isAssignableFrom(type)) {
      return Tag.LINKED_HASH_MAP;
    }
    return Map.Entry.class.isAssignableFrom(type) ? Tag.ENTRY_COPY : -1;
  }

  /// Public in a package that is: an entry of a sequenced map is of a class of the JDK's own.
  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && type.getModule().isExported(type.getPackageName());
  }

  private static boolean isOfLibrary(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
      return true;
    }
    for (String library : LIBRARIES) {
      if (type.getName().startsWith(library)) {
        return true;
      }
    }
    return false;
  }

  /// {@return a copy that the JDK's serialization can write}
  ///
  /// @param tag the result of [#tag(Class)] for the view's class
  @SuppressWarnings({"unchecked", "JdkObsolete"})
  static Object copy(int tag, Object view) {
    return switch (tag) {
      case Tag.ARRAY_LIST -> new ArrayList<>((Collection<?>) view);
      case Tag.LINKED_LIST -> new LinkedList<>((Collection<?>) view);
      case Tag.LINKED_HASH_SET -> new LinkedHashSet<>((Collection<?>) view);
      case Tag.TREE_SET -> new TreeSet<>((SortedSet<Object>) view);
      case Tag.ARRAY_DEQUE -> new ArrayDeque<>((Collection<?>) view);
      case Tag.LINKED_HASH_MAP -> new LinkedHashMap<>((Map<?, ?>) view);
      case Tag.TREE_MAP -> new TreeMap<>((SortedMap<Object, Object>) view);
      default -> new AbstractMap.SimpleImmutableEntry<>((Map.Entry<?, ?>) view);
    };
  }
}
