package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An application without modules: its classes in a directory, those of others in jars.
class ClassPathTest {
  @TempDir private static Path folder;

  private static URLClassLoader loader;
  private static Class<?> app;
  private static Class<?> library;

  @BeforeAll
  static void compile() throws Exception {
    Path appSource = source("app", "shop.App");
    Path libSource = source("lib", "lib.Library");
    Javac.compile(folder.resolve("classes"), appSource);
    Javac.compile(folder.resolve("library"), libSource);
    Path jar = folder.resolve("lib with blank.jar");
    pack(folder.resolve("library"), jar);
    URL[] path = {folder.resolve("classes").toUri().toURL(), jar.toUri().toURL()};
    loader = new URLClassLoader(path, ClassPathTest.class.getClassLoader());
    app = loader.loadClass("shop.App");
    library = loader.loadClass("lib.Library");
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  private static Path source(String name, String type) throws IOException {
    int dot = type.indexOf('.');
    Path file = folder.resolve(name).resolve(type.substring(dot + 1) + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        package %s;
        import java.io.Serializable;
        import java.util.function.Supplier;
        public class %s {
          record Point(int x, String y) {}
          public static Supplier<Object> lambda(int n, String s) {
            return (Supplier<Object> & Serializable) () -> new Point(n, s);
          }
          public static Object point() { return new Point(1, "y"); }
          public static class Bean implements Serializable {}
          public static Object bean() { return new Bean(); }
        }
        """
            .formatted(type.substring(0, dot), type.substring(dot + 1)));
    return file;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        var all = Files.walk(classes)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(one).toString().replace('\\', '/')));
        Files.copy(one, out);
      }
    }
  }

  private static Object bean(Class<?> type) throws ReflectiveOperationException {
    return type.getMethod("bean").invoke(null);
  }

  private static Object point(Class<?> type) throws ReflectiveOperationException {
    return type.getMethod("point").invoke(null);
  }

  @Test
  void recordsAndLambdasOfTheApplicationNeedNothing() throws Exception {
    Wire wire = new Wire(loader);
    wire.filter.allowOriginOf(app);
    assertThat(wire.send(point(app))).isEqualTo(point(app));
    assertThat(wire.tag()).isEqualTo(Tag.RECORD);
    Object lambda = app.getMethod("lambda", int.class, String.class).invoke(null, 1, "y");
    for (int i = 0; i < 5_000; i++) { // until the handles are composed
      assertThat(((Supplier<?>) wire.send(lambda)).get()).isEqualTo(point(app));
      assertThat(wire.tag()).isEqualTo(Tag.LAMBDA);
    }
  }

  @Test
  void theOriginOfALambdaIsThatOfItsClass() throws Exception {
    Wire wire = new Wire(loader);
    Object lambda = app.getMethod("lambda", int.class, String.class).invoke(null, 1, "y");
    wire.filter.allowOriginOf(lambda.getClass());
    assertThat(wire.send(List.of(point(app)))).isEqualTo(List.of(point(app)));
  }

  @Test
  void beansOfOtherJarsAreRefusedUnlessAllowed() throws Exception {
    Wire wire = new Wire(loader);
    wire.filter.allowOriginOf(app);
    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> wire.send(bean(library)))
        .withMessageContaining("lib.Library$Bean is refused")
        .withMessageContaining("lib%20with%20blank.jar")
        .withMessageContaining("withAllowed(\"lib.**\")");
    assertThat(new Wire(loader, "lib.*").send(bean(library))).hasSameClassAs(bean(library));
  }

  @Test
  void recordsOfOtherJarsNeedNothing() throws Exception {
    Wire wire = new Wire(loader);
    wire.filter.allowOriginOf(app);
    assertThat(wire.send(point(library))).isEqualTo(point(library));
  }

  @Test
  void aJarCanBeTheOriginToo() throws Exception {
    Wire wire = new Wire(loader);
    wire.filter.allowOriginOf("lib.Library");
    assertThat(wire.send(point(library))).isEqualTo(point(library));
    assertThat(wire.send(bean(library))).hasSameClassAs(bean(library));
    assertThat(wire.send(bean(app))).as("of a directory").hasSameClassAs(bean(app));
  }

  @Test
  void aMissingClassIsNamed() throws Exception {
    Wire wire = new Wire(ClassLoader.getPlatformClassLoader(), "shop.**");
    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> wire.send(point(app)))
        .withMessageContaining("shop.App$Point is not there");
  }
}
