package dev.tandem.pools.internal.codec;

import java.util.Set;

/// The first segments of a package that identify its owner: `com.acme`, but `io.github.acme`.
final class PackageRoot {
  /// Prefixes of two segments below which the third segment names the owner.
  private static final Set<String> SHARED =
      Set.of(
          "com.github",
          "io.github",
          "com.gitlab",
          "io.gitlab",
          "com.google",
          "com.sun",
          "com.amazonaws",
          "com.microsoft",
          "com.azure",
          "com.oracle",
          "com.ibm",
          "com.mchange",
          "com.fasterxml",
          "com.alibaba",
          "com.facebook",
          "com.squareup",
          "org.apache",
          "org.codehaus",
          "org.eclipse",
          "org.jboss",
          "org.hibernate",
          "org.springframework",
          "org.glassfish",
          "org.clojure",
          "org.scala",
          "org.jenkinsci",
          "net.sf",
          "net.sourceforge",
          "net.java",
          "org.sourceforge",
          "jakarta.servlet",
          "jakarta.persistence");

  /// Second-level domains below those of countries: `uk.co.acme`.
  private static final Set<String> SECOND_LEVEL =
      Set.of("co", "com", "org", "net", "ac", "edu", "gov", "gob", "go", "ne", "or", "nom", "info");

  private PackageRoot() {}

  /// {@return the root of a class's package; empty for the unnamed package}
  ///
  /// @param className as [Class#getName()] has it
  static String of(String className) {
    int end = className.lastIndexOf('.');
    if (end < 0) {
      return "";
    }
    int first = className.indexOf('.');
    int second = next(className, first, end);
    String two = className.substring(0, second);
    return SHARED.contains(two) || isCountry(two, first)
        ? className.substring(0, next(className, second, end))
        : two;
  }

  private static boolean isCountry(String two, int first) {
    return first == 2 && two.length() > 3 && SECOND_LEVEL.contains(two.substring(3));
  }

  private static int next(String name, int dot, int end) {
    int next = name.indexOf('.', dot + 1);
    return next < 0 || next > end ? end : next;
  }
}
