package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which jars belong to an application.
class CodeLocationsTest {
  @TempDir private static Path folder;

  private static final String BEAN =
      "package %s; public class %s implements java.io.Serializable {}";

  @BeforeAll
  static void compile() throws Exception {
    List<Path> sources = new ArrayList<>();
    for (String type :
        List.of("com.acme.app.Main", "com.acme.model.Bean", "odd.name.Bean", "org.lib.Gadget")) {
      int dot = type.lastIndexOf('.');
      Path source = folder.resolve("source/" + type.replace('.', '/') + ".java");
      Files.createDirectories(source.getParent());
      sources.add(
          Files.writeString(
              source, BEAN.formatted(type.substring(0, dot), type.substring(dot + 1))));
    }
    Javac.compile(folder.resolve("classes"), sources.toArray(new Path[0]));
  }

  /// {@return a jar of these classes}
  ///
  /// @param groups of the Maven artifacts that it says it has
  private static URL jar(String name, List<String> groups, String... types) throws Exception {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String group : groups) {
        out.putNextEntry(new JarEntry("META-INF/maven/" + group + "/any/pom.properties"));
      }
      for (String type : types) {
        String path = type.replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(path));
        Files.copy(folder.resolve("classes").resolve(path), out);
      }
    }
    return jar.toUri().toURL();
  }

  private static TypeFilter filter(URLClassLoader loader) {
    TypeFilter filter = new TypeFilter(List.of(), loader);
    filter.allowOriginOf("com.acme.app.Main");
    return filter;
  }

  @Test
  void jarsOfOnePackageRootBelongTogether() throws Exception {
    URL app = jar("app1.jar", List.of(), "com.acme.app.Main");
    URL model = jar("model1.jar", List.of("net.elsewhere"), "com.acme.model.Bean");
    URL other = jar("other1.jar", List.of(), "odd.name.Bean");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {app, model, other}, null)) {
      assertThat(filter(loader).isAllowed("com.acme.model.Bean")).isTrue();
      assertThat(filter(loader).isAllowed("odd.name.Bean")).isFalse();
      assertThat(new TypeFilter(List.of(), loader).isAllowed("com.acme.model.Bean"))
          .as("before any body is known")
          .isFalse();
    }
  }

  @Test
  void jarsOfOneGroupBelongTogether() throws Exception {
    URL app = jar("app2.jar", List.of("net.acme"), "com.acme.app.Main");
    URL same = jar("same2.jar", List.of("net.acme"), "odd.name.Bean");
    URL other = jar("other2.jar", List.of("org.lib"), "org.lib.Gadget");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {app, same, other}, null)) {
      assertThat(filter(loader).isAllowed("odd.name.Bean")).isTrue();
      assertThat(filter(loader).isAllowed("org.lib.Gadget")).isFalse();
    }
  }

  @Test
  void aGroupBelowThePackageRootBelongsToIt() throws Exception {
    URL app = jar("app3.jar", List.of(), "com.acme.app.Main");
    URL same = jar("same3.jar", List.of("com.acme.model"), "odd.name.Bean");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {app, same}, null)) {
      assertThat(filter(loader).isAllowed("odd.name.Bean")).isTrue();
    }
  }

  @Test
  void aLibraryThatIsShadedIntoAJarOfTheGroupStaysALibrary() throws Exception {
    URL app = jar("app4.jar", List.of("net.acme"), "com.acme.app.Main");
    URL shaded = jar("shaded4.jar", List.of("net.acme"), "odd.name.Bean", "org.lib.Gadget");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {app, shaded}, null)) {
      assertThat(filter(loader).isAllowed("org.lib.Gadget")).isFalse();
    }
  }

  @Test
  void inAFatJarTheGroupsSayNothing() throws Exception {
    URL fat =
        jar(
            "fat5.jar",
            List.of("net.acme", "org.lib"),
            "com.acme.app.Main",
            "com.acme.model.Bean",
            "org.lib.Gadget");
    URL library = jar("lib5.jar", List.of("org.lib"), "odd.name.Bean");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {fat, library}, null)) {
      assertThat(filter(loader).isAllowed("com.acme.model.Bean")).isTrue();
      assertThat(filter(loader).isAllowed("org.lib.Gadget")).isFalse();
      assertThat(filter(loader).isAllowed("odd.name.Bean")).isFalse();
    }
  }

  @Test
  void foldersOfClassesBelongToTheApplication() throws Exception {
    URL app = jar("app6.jar", List.of(), "com.acme.app.Main");
    URL classes = folder.resolve("classes").toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {app, classes}, null)) {
      assertThat(filter(loader).isAllowed("odd.name.Bean")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.app.Main, com.acme",
    "com.acme.Main, com.acme",
    "shop.Main, shop",
    "Main, ''",
    "io.github.acme.app.Main, io.github.acme",
    "org.apache.commons.collections.functors.InvokerTransformer, org.apache.commons",
    "uk.co.acme.app.Main, uk.co.acme",
    "de.acme.app.Main, de.acme",
    "com.acme.app.Main$Inner, com.acme"
  })
  void theRootOfAPackageNamesItsOwner(String type, String root) {
    assertThat(PackageRoot.of(type)).isEqualTo(root);
  }
}
