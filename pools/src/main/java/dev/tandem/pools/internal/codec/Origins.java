package dev.tandem.pools.internal.codec;

import java.net.URL;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where the application's own classes come from. A class file is looked for, not loaded: the place
/// where it stands, without its own path, is its origin. That is a jar, nested or not, or a
/// directory. For a module its packages are known.
final class Origins {
  private final ClassLoader loader;

  /// Classes that were named. Their places are looked for when another class is asked for: in a JVM
  /// that has just started the first search takes 6 ms.
  private final Set<String> names;

  private volatile int looked;
  private final Set<String> places = ConcurrentHashMap.newKeySet();
  private final Set<String> packages;

  Origins(ClassLoader loader) {
    this.loader = loader;
    names = ConcurrentHashMap.newKeySet();
    packages = ConcurrentHashMap.newKeySet();
  }

  /// The same classes, looked for by another loader.
  Origins(Origins same, ClassLoader loader) {
    this.loader = loader;
    names = same.names;
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
      return; // the JDK is not the application
    }
    if (own.getModule().isNamed()) {
      packages.addAll(own.getModule().getPackages());
    } else {
      add(own.getName());
    }
  }

  void add(String name) {
    names.add(name);
  }

  boolean contain(String name) {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && packages.contains(name.substring(0, dot))) {
      return true;
    }
    if (names.contains(name)) {
      return true;
    }
    if (names.isEmpty()) {
      return false;
    }
    String place = place(name);
    if (place == null) {
      return false;
    }
    if (looked < names.size()) {
      lookUp();
    }
    return places.contains(place);
  }

  private synchronized void lookUp() {
    int size = names.size(); // one that is added meanwhile is looked for again
    for (String name : names) {
      String place = place(name);
      if (place != null) {
        places.add(place);
      }
    }
    looked = size; // now: before, another thread would miss what is not yet in places
  }

  private @Nullable String place(String name) {
    String path = name.replace('.', '/').concat(".class");
    URL file = loader.getResource(path);
    if (file == null) {
      return null;
    }
    String found = file.toString();
    return found.endsWith(path) && !found.startsWith("jrt:")
        ? found.substring(0, found.length() - path.length())
        : null;
  }
}
