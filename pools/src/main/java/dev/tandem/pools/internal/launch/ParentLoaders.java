package dev.tandem.pools.internal.launch;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The class loaders of this JVM's application, as far as a worker must have them, too.
final class ParentLoaders {
  /// The packages of Spring Boot's loaders of jars in jars.
  static final String SPRING = "org.springframework.boot.loader.";

  /// The search path of Spring Boot's launcher for web archives, as the `loader.path` of its
  /// `PropertiesLauncher`, whose default is that of executable jars.
  private static final String WEB_ARCHIVE = "WEB-INF/classes,WEB-INF/lib,WEB-INF/lib-provided";

  private ParentLoaders() {}

  /// {@return the class name of the loader that a worker must have, too; null if a JVM that is
  /// started with the same class path and module path finds `own` by itself}
  ///
  /// @param own a class of Tandem's
  /// @param application the context class loader of the thread that makes the pool: below Spring
  ///   Boot's there may be others, such as that of an embedded server
  static @Nullable String foreign(Class<?> own, @Nullable ClassLoader application) {
    ClassLoader spring = spring(own, application);
    if (spring != null) {
      return spring.getClass().getName();
    }
    ClassLoader loader = own.getClassLoader();
    if (loader == null || isTheJdks(loader) || isOnClassPath(own, loader)) {
      return null;
    }
    return loader.getClass().getName();
  }

  /// A module in a layer of its own counts as foreign: no JVM option makes such a layer.
  private static boolean isTheJdks(ClassLoader loader) {
    return loader == ClassLoader.getSystemClassLoader()
        && loader.getClass().getModule() == Object.class.getModule();
  }

  /// {@return whether the class path has the same file} Some loaders, such as that of Spring Boot's
  /// devtools, load the classes of the class path once more, to be able to discard them; a worker
  /// needs no such loader.
  private static boolean isOnClassPath(Class<?> own, ClassLoader loader) {
    if (own.getModule().isNamed()) {
      return false;
    }
    String file = own.getName().replace('.', '/').concat(".class");
    URL here = loader.getResource(file);
    URL there = ClassLoader.getSystemClassLoader().getResource(file);
    return here != null && there != null && here.toString().equals(there.toString());
  }

  private static @Nullable ClassLoader spring(Class<?> own, @Nullable ClassLoader application) {
    for (ClassLoader start : new @Nullable ClassLoader[] {application, own.getClassLoader()}) {
      for (ClassLoader loader = start; loader != null; loader = loader.getParent()) {
        if (loader.getClass().getName().startsWith(SPRING)) {
          return loader;
        }
      }
    }
    return null;
  }

  /// {@return the property `loader.path` with which Spring Boot's `PropertiesLauncher` finds the
  /// same classes as this JVM; null if it finds them without the property}
  ///
  /// @param given the property as it is, null if it is not set
  static @Nullable String springPath(
      Class<?> own, @Nullable ClassLoader application, @Nullable String given) {
    ClassLoader spring = spring(own, application);
    return spring instanceof URLClassLoader urls
        ? springPath(List.of(urls.getURLs()).stream().map(URL::toString).toList(), given)
        : given;
  }

  static @Nullable String springPath(List<String> urls, @Nullable String given) {
    boolean isWebArchive = urls.stream().anyMatch(url -> url.contains("WEB-INF/"));
    if (!isWebArchive || (given != null && given.contains("WEB-INF"))) {
      return given;
    }
    return given == null ? WEB_ARCHIVE : WEB_ARCHIVE + "," + given;
  }
}
