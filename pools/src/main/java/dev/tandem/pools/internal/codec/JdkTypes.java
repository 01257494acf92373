package dev.tandem.pools.internal.codec;

import java.util.Set;

/// The value types of the JDK and of Kotlin's standard library, and Tandem's own, which may always
/// be decoded.
final class JdkTypes {
  /// The types, with those nested in them. Left out on purpose: `java.net.URL`, whose hash code
  /// asks the network, and all types that run, load, listen or deserialize by themselves.
  private static final Set<String> CLASSES =
      Set.of(
          "java.io.Serializable",
          "java.lang.Boolean",
          "java.lang.CharSequence",
          "java.lang.Class",
          "java.lang.Comparable",
          "java.lang.Iterable",
          "java.lang.Runnable",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Enum",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Number",
          "java.lang.Object",
          "java.lang.Record",
          "java.lang.Short",
          "java.lang.StackTraceElement",
          "java.lang.String",
          "java.lang.StringBuffer",
          "java.lang.StringBuilder",
          "java.lang.Throwable",
          "java.lang.invoke.SerializedLambda",
          "java.io.File",
          "java.net.Inet4Address",
          "java.net.Inet6Address",
          "java.net.InetAddress",
          "java.net.InetSocketAddress",
          "java.net.SocketAddress",
          "java.net.URI",
          "java.nio.ByteBuffer",
          "java.nio.file.Path",
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp",
          "java.util.AbstractList",
          "java.util.AbstractMap",
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.Arrays",
          "java.util.BitSet",
          "java.util.Calendar",
          "java.util.CollSer",
          "java.util.Collection",
          "java.util.Collections",
          "java.util.Comparator",
          "java.util.Comparators",
          "java.util.Currency",
          "java.util.Date",
          "java.util.Deque",
          "java.util.EnumMap",
          "java.util.EnumSet",
          "java.util.GregorianCalendar",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.IdentityHashMap",
          "java.util.ImmutableCollections",
          "java.util.JumboEnumSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.List",
          "java.util.Locale",
          "java.util.Map",
          "java.util.Optional",
          "java.util.OptionalDouble",
          "java.util.OptionalInt",
          "java.util.OptionalLong",
          "java.util.PriorityQueue",
          "java.util.Properties",
          "java.util.Queue",
          "java.util.Random",
          "java.util.RegularEnumSet",
          "java.util.Set",
          "java.util.SimpleTimeZone",
          "java.util.Stack",
          "java.util.TimeZone",
          "java.util.TreeMap",
          "java.util.TreeSet",
          "java.util.UUID",
          "java.util.Vector",
          "java.util.regex.Pattern",
          "sun.util.calendar.ZoneInfo",
          // what to(), emptyList(), buildList() and the like make; as harmless as what they hold
          "kotlin.Pair",
          "kotlin.Result",
          "kotlin.Triple",
          "kotlin.collections.EmptyList",
          "kotlin.collections.EmptyMap",
          "kotlin.collections.EmptySet",
          "kotlin.collections.builders.SerializedCollection",
          "kotlin.collections.builders.SerializedMap",
          "kotlin.text.Regex",
          "kotlin.time.InstantSerialized",
          "kotlin.uuid.UuidSerialized");

  /// Packages without those below them: their serializable classes are all values and collections.
  private static final Set<String> PACKAGES =
      Set.of(
          "java.math",
          "java.text",
          "java.time",
          "java.time.chrono",
          "java.time.temporal",
          "java.time.zone",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private JdkTypes() {}

  static boolean contain(String name) {
    if (name.startsWith("dev.tandem.")) {
      return TypeFilter.isWrapper(name)
          || name.equals(Carrier.class.getName())
          || isDirectlyIn("dev.tandem.pools.", name);
    }
    int dot = name.lastIndexOf('.');
    int nested = name.indexOf('$', dot + 1);
    if (CLASSES.contains(nested < 0 ? name : name.substring(0, nested))) {
      return true;
    }
    return name.startsWith("java.")
        && (PACKAGES.contains(name.substring(0, dot))
            || ((name.endsWith("Exception") || name.endsWith("Error"))
                && !name.startsWith("java.rmi.")));
  }

  private static boolean isDirectlyIn(String prefix, String name) {
    return name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0;
  }
}
