package dev.tandem.pools.internal.codec;

import java.util.Set;

/// The JDK's types of values, and Tandem's own: what may always be decoded.
final class JdkTypes {
  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Boolean",
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
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp",
          "java.util.regex.Pattern",
          "sun.util.calendar.ZoneInfo");

  /// Packages without those below them: values and collections only; what else is in them cannot be
  /// serialized.
  private static final Set<String> PACKAGES =
      Set.of(
          "java.math",
          "java.text",
          "java.time",
          "java.time.chrono",
          "java.time.temporal",
          "java.time.zone",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private JdkTypes() {}

  static boolean contain(String name) {
    if (name.startsWith("java.")) {
      int dot = name.lastIndexOf('.');
      return CLASSES.contains(name)
          || PACKAGES.contains(name.substring(0, dot))
          || ((name.endsWith("Exception") || name.endsWith("Error"))
              && !name.startsWith("java.rmi."));
    }
    return name.startsWith("dev.tandem.")
        ? name.startsWith("dev.tandem.core.")
            || name.equals("dev.tandem.pools.internal.codec.Carrier")
            || (name.startsWith("dev.tandem.pools.")
                && name.indexOf('.', "dev.tandem.pools.".length()) < 0)
        : CLASSES.contains(name);
  }
}
