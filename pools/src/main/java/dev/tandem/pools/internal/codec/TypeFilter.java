package dev.tandem.pools.internal.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The filter of decodable classes, which checks names before classes are loaded. Thread-safe.
public final class TypeFilter {
  /// The prefix of the name of a class that is allowed alone.
  public static final String CLASS_ONLY = "=";

  private final List<Pattern> patterns;
  private final CodeLocations origins;

  /// The names allowed so far: at most as many as there are classes of values.
  private final Set<String> allowed = ConcurrentHashMap.newKeySet();

  /// Creates a filter that allows the JDK's value types, the types that Tandem itself sends, and
  /// the classes that match the patterns.
  ///
  /// @param patterns patterns as for [#checkPattern(String)]
  /// @param loader the loader that finds classes to locate them
  public TypeFilter(Collection<String> patterns, ClassLoader loader) {
    this.patterns = new ArrayList<>(patterns.size());
    for (String pattern : patterns) { // no stream: a worker that starts would pay for it
      this.patterns.add(Pattern.of(pattern));
    }
    this.origins = new CodeLocations(loader);
  }

  /// {@return whether lambdas of this class are Tandem's own, put around the application's code}
  ///
  /// @param className as [Class#getName()] has it
  public static boolean isWrapper(String className) {
    return className.startsWith("dev.tandem.core.")
        || className.equals("dev.tandem.pools.internal.codec.CurrentChunk");
  }

  private TypeFilter(TypeFilter same, ClassLoader loader) {
    patterns = same.patterns;
    origins = new CodeLocations(same.origins, loader);
  }

  /// {@return the same rules for the classes of another loader}
  TypeFilter in(ClassLoader loader) {
    return new TypeFilter(this, loader);
  }

  /// Checks a pattern.
  ///
  /// @param pattern a class (`org.acme.Point`), a package (`org.acme.*`), or a package with all
  ///   below it (`org.acme.**`)
  /// @throws IllegalArgumentException if it is none of these
  public static void checkPattern(String pattern) {
    Pattern.of(pattern);
  }

  /// Allows a class of the application, and with it the classes that evidently belong to the same
  /// application: see [CodeLocations].
  ///
  /// @param type a class of the application; that of a lambda counts as the class in which it was
  ///   written
  public void allowOriginOf(Class<?> type) {
    origins.add(type);
  }

  /// Allows a class of the application, as [#allowOriginOf(Class)], without loading it.
  ///
  /// @param className a class of the application
  public void allowOriginOf(String className) {
    origins.add(className);
  }

  /// Allows a class that the body names.
  ///
  /// @param className as [Class#getName()] has it
  public void allowClass(String className) {
    origins.addClass(className);
  }

  /// Allows a class that the other side has announced.
  ///
  /// @param told the name of a class of the application, as for [#allowOriginOf(String)]; or,
  ///   behind [#CLASS_ONLY], one as for [#allowClass(String)]
  public void allow(String told) {
    if (told.startsWith(CLASS_ONLY)) {
      allowClass(told.substring(CLASS_ONLY.length()));
    } else {
      allowOriginOf(told);
    }
  }

  /// {@return the classes that the class of a body names, directly or through other classes}
  public static Set<String> namedTypes(Class<?> body) {
    return NamedTypes.ofBody(body);
  }

  /// {@return the classes that an interface names whose methods are called with them}
  public static Set<String> namedByService(Class<?> service) {
    return NamedTypes.ofService(service);
  }

  /// {@return whether objects of this class may be decoded}
  ///
  /// @param className as [Class#getName()] has it
  boolean isAllowed(String className) {
    String name = component(className);
    if (allowed.contains(name)) {
      return true;
    }
    boolean is =
        JdkTypes.contain(name)
            || matches(name)
            || origins.isNamed(name)
            || HarmlessTypes.ofJdk(name)
            || origins.contain(name);
    if (is) {
      allowed.add(name);
    }
    return is;
  }

  void check(String className) throws DecodingException {
    if (!isAllowed(className)) {
      throw refusal(Set.of(className));
    }
  }

  /// {@return the exception that names the rejected classes, the reason, and the call that allows
  /// all}
  ///
  /// @param classNames as [Class#getName()] has them; at least one
  DecodingException refusal(Set<String> classNames) {
    Set<String> names = new TreeSet<>();
    for (String name : classNames) {
      names.add(component(name));
    }
    return new DecodingException(Refusal.of(names, origins));
  }

  /// {@return whether a pattern of the configuration matches}
  ///
  /// @param name as [Class#getName()] has it
  boolean matches(String name) {
    for (Pattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }

  /// {@return the name of an array's innermost component type; of the wrapper for primitives}
  private static String component(String name) {
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0 || dimensions == name.length()) {
      return name;
    }
    if (name.length() == dimensions + 1 && "ZBSCIJFD".indexOf(name.charAt(dimensions)) >= 0) {
      return "java.lang.Number";
    }
    return name.charAt(dimensions) == 'L' && name.endsWith(";")
        ? name.substring(dimensions + 1, name.length() - 1)
        : name;
  }

  private record Pattern(String prefix, boolean exact, boolean below) {
    static Pattern of(String text) {
      String name =
          text.endsWith(".**")
              ? text.substring(0, text.length() - 3)
              : text.endsWith(".*") ? text.substring(0, text.length() - 2) : text;
      if (!isName(name)) {
        throw new IllegalArgumentException(
            "pattern: expected a class (\"org.acme.Point\"), a package (\"org.acme.*\") or a"
                + " package with all below it (\"org.acme.**\"), got \""
                + text
                + "\"");
      }
      return name.length() == text.length()
          ? new Pattern(name, true, false)
          : new Pattern(name + ".", false, text.endsWith("**"));
    }

    boolean matches(String name) {
      return exact
          ? name.equals(prefix)
          : name.startsWith(prefix) && (below || name.indexOf('.', prefix.length()) < 0);
    }

    private static boolean isName(String name) {
      boolean start = true;
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (start ? !Character.isJavaIdentifierStart(c) : c != '.' && !isPart(c)) {
          return false;
        }
        start = c == '.';
      }
      return !start;
    }

    private static boolean isPart(char c) {
      return Character.isJavaIdentifierPart(c) && c != 0;
    }
  }
}
