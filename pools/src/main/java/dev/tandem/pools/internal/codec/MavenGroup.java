package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// The groupId that Maven has written into a jar.
final class MavenGroup {
  private static final String FOLDER = "META-INF/maven/";

  private MavenGroup() {}

  /// {@return the groupId; empty if the jar has none, several, or classes of several owners, as a
  /// fat jar has, or if it cannot be read}
  ///
  /// @param place the URL of the jar, `jar:file:/a.jar!/`
  static String ofJar(String place) {
    try {
      if (!(URI.create(place).toURL().openConnection() instanceof JarURLConnection connection)) {
        return "";
      }
      connection.setUseCaches(false); // not shared, so that it can be closed
      try (JarFile jar = connection.getJarFile()) {
        Set<String> groups = groups(jar);
        return groups.size() == 1 ? groups.iterator().next() : "";
      }
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  private static Set<String> groups(JarFile jar) {
    Set<String> groups = new HashSet<>();
    String root = null;
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      String name = all.nextElement().getName(); // META-INF/maven/GROUP/ARTIFACT/pom.properties
      if (name.startsWith(FOLDER) && name.endsWith("/pom.properties")) {
        groups.add(name.substring(FOLDER.length(), name.indexOf('/', FOLDER.length())));
      } else if (isClass(name)) {
        String own = PackageRoot.of(name.substring(0, name.length() - 6).replace('/', '.'));
        if (root != null && !own.equals(root)) {
          return Set.of();
        }
        root = own;
      }
    }
    return groups;
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class")
        && !name.startsWith("META-INF/")
        && !name.equals("module-info.class");
  }
}
