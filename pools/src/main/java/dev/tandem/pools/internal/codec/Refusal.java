package dev.tandem.pools.internal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The message for rejected classes: names, reason, and the configuration that accepts them all.
final class Refusal {
  private Refusal() {}

  /// {@return the text}
  ///
  /// @param names the classes; at least one
  /// @param origins the locations of the classes
  static String of(Set<String> names, CodeLocations origins) {
    boolean one = names.size() == 1;
    StringBuilder text = new StringBuilder(one ? "class " : "classes ");
    text.append(String.join(", ", names));
    text.append(one ? " is refused: " : " are refused: ").append(reason(names, origins));
    text.append(" To accept ").append(one ? "it" : "them").append(", configure the pool with ");
    List<String> calls = new ArrayList<>();
    for (String pattern : patterns(names)) {
      calls.add("withAllowed(\"" + pattern + "\")");
    }
    return text.append(String.join(".", calls)).toString();
  }

  private static String reason(Set<String> names, CodeLocations origins) {
    Set<String> libraries = new TreeSet<>();
    boolean jdk = false;
    boolean missing = false;
    for (String name : names) {
      @Nullable String place = origins.placeOf(name);
      if (HarmlessTypes.isOfJdk(name)) {
        jdk = true;
      } else if (place == null) {
        missing = true;
      } else {
        libraries.add(place);
      }
    }
    List<String> reasons = new ArrayList<>();
    if (!libraries.isEmpty()) {
      reasons.add(
          "nothing says that "
              + String.join(", ", libraries)
              + " belongs to this application, and to decode what is neither a record nor an enum"
              + " nor a plain exception may run a library's code.");
    }
    if (jdk) {
      reasons.add("only the JDK's values, collections, enums and exceptions are accepted.");
    }
    if (missing) {
      reasons.add("there is no such class on the class path or module path.");
    }
    return String.join(" ", reasons);
  }

  /// {@return a package with all below it for each library, a class alone for the JDK}
  private static List<String> patterns(Set<String> names) {
    Set<String> all = new TreeSet<>();
    for (String name : names) {
      int dot = name.lastIndexOf('.');
      all.add(
          dot < 0 || HarmlessTypes.isOfJdk(name) ? name : name.substring(0, dot + 1).concat("**"));
    }
    List<String> patterns = new ArrayList<>();
    for (String pattern : all) { // sorted: a pattern precedes those that it covers
      boolean covered =
          patterns.stream()
              .anyMatch(
                  p -> p.endsWith("**") && pattern.startsWith(p.substring(0, p.length() - 2)));
      if (!covered) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }
}
