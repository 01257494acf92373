package dev.tandem.pools.internal.codec;

import java.net.URL;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The decision which classes are the application's own, from the locations of their class files
/// and from the classes of submitted code. Class files are looked for and read; no class is loaded.
final class CodeLocations {
  /*
   * Decision record 0016. Once a class of the application is known, these are its own, too:
   * - all classes of its module;
   * - classes in a directory of the class path: compiled here, and no library;
   * - classes that bodies name in their signatures;
   * - classes with the same package root (`com.acme`), whatever the jar;
   * - classes in a jar of the same Maven groupId, or of that root, and of no other owner;
   * - of all other classes, those that are harmless by construction.
   * In a fat jar the libraries lie beside the application: there the package root alone decides.
   */

  private final ClassLoader loader;

  /// The named classes. Their locations are looked up when another class is checked: in a JVM that
  /// has just started the first look-up takes 6 ms.
  private final Set<String> names;

  /// Classes that bodies name.
  private final Set<String> classes;

  private volatile int looked;
  private final Set<String> roots = ConcurrentHashMap.newKeySet();
  private final Set<String> groups = ConcurrentHashMap.newKeySet();
  private final Set<String> packages;

  /// The groupId of each jar that was asked for; empty, if it has none or several.
  private final Map<String, String> groupOfJar = new ConcurrentHashMap<>();

  CodeLocations(ClassLoader loader) {
    this.loader = loader;
    names = ConcurrentHashMap.newKeySet();
    classes = ConcurrentHashMap.newKeySet();
    packages = ConcurrentHashMap.newKeySet();
  }

  /// The same classes, looked for by another loader.
  CodeLocations(CodeLocations same, ClassLoader loader) {
    this.loader = loader;
    names = same.names;
    classes = same.classes;
    packages = same.packages;
  }

  void add(Class<?> type) {
    Class<?> own = type;
    while (own.isArray()) {
      own = own.getComponentType();
    }
    if (own.isHidden()) {
      own = own.getNestHost();
    }
    if (own.getClassLoader() == null
        || own.getClassLoader() == ClassLoader.getPlatformClassLoader()) {
      return; // a class of the JDK
    }
    if (own.getModule().isNamed()) {
      packages.addAll(own.getModule().getPackages());
    }
    add(own.getName());
  }

  void add(String name) {
    names.add(name);
  }

  void addClass(String name) {
    classes.add(name);
  }

  /// {@return whether the class or its module's package was named: the fast path of [#contain]}
  boolean isNamed(String name) {
    return names.contains(name) || classes.contains(name) || isOfOurModule(name);
  }

  boolean contain(String name) {
    if (isNamed(name)) {
      return true;
    }
    if (names.isEmpty() || name.startsWith("java.")) {
      return false;
    }
    URL file = classFile(name);
    if (file == null) {
      return false;
    }
    String place = place(name, file);
    return isOwn(name, place) || HarmlessTypes.contain(name, loader);
  }

  private boolean isOwn(String name, String place) {
    if (place.startsWith("jrt:")) {
      return false; // a module of the JDK or of an image: an own module's packages are known
    }
    if (isCompiledHere(place)) {
      return true;
    }
    if (looked < names.size()) {
      lookUp();
    }
    if (roots.contains(PackageRoot.of(name))) {
      return true;
    }
    String group = group(place);
    return !group.isEmpty()
        && (groups.contains(group) || roots.contains(PackageRoot.of(group + ".Any")));
  }

  private synchronized void lookUp() {
    int size = names.size(); // a name that is added meanwhile is looked up next time
    for (String name : names) {
      URL file = classFile(name);
      String place = file == null ? "jrt:" : place(name, file);
      if (!place.startsWith("jrt:") || isOfOurModule(name)) {
        roots.add(PackageRoot.of(name));
        String group = isCompiledHere(place) ? "" : group(place);
        if (!group.isEmpty()) {
          groups.add(group);
        }
      }
    }
    looked = size; // last: another thread that sees it must find the sets complete
  }

  private boolean isOfOurModule(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && packages.contains(name.substring(0, dot));
  }

  /// {@return whether it is a directory: of the class path or the module path, or that of a Spring
  /// Boot archive that has nothing but the application's own classes}
  private static boolean isCompiledHere(String place) {
    if (place.startsWith("file:")) {
      return true;
    }
    int end = place.endsWith("!/") ? place.length() - 2 : place.length();
    String folder = place.substring(0, place.charAt(end - 1) == '/' ? end - 1 : end);
    return folder.endsWith("BOOT-INF/classes") || folder.endsWith("WEB-INF/classes");
  }

  private String group(String place) {
    return place.startsWith("jrt:") ? "" : groupOfJar.computeIfAbsent(place, MavenGroup::ofJar);
  }

  /// {@return the location of a class in words; null if the class is not found}
  @Nullable String placeOf(String name) {
    URL file = classFile(name);
    if (file == null) {
      return null;
    }
    String place = place(name, file);
    int end = place.endsWith("!/") ? place.length() - 2 : place.length();
    while (end > 0 && place.charAt(end - 1) == '/') {
      end--;
    }
    return place.substring(place.lastIndexOf('/', end - 1) + 1, end);
  }

  private @Nullable URL classFile(String name) {
    return name.indexOf('/') >= 0
        ? null
        : loader.getResource(name.replace('.', '/').concat(".class"));
  }

  /// {@return the jar, nested or not, or the directory, as a URL that ends with a slash} The URL
  /// may spell the name of the class in another way: as many segments are taken off as it has.
  private static String place(String name, URL file) {
    String place = file.toString();
    int end = place.lastIndexOf('/');
    for (int dot = name.indexOf('.'); dot >= 0 && end > 0; dot = name.indexOf('.', dot + 1)) {
      end = place.lastIndexOf('/', end - 1);
    }
    String found = place.substring(0, end + 1);
    int versions = found.indexOf("/META-INF/versions/");
    return versions < 0 ? found : found.substring(0, versions + 1);
  }
}
