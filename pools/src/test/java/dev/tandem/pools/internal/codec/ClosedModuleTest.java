package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.NotSerializableException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where reflection is closed: in the JDK, and in an application's module that does not open its
/// packages.
class ClosedModuleTest {
  private static Class<?> shop;

  private final Wire wire = new Wire(shop.getClassLoader());

  ClosedModuleTest() {
    wire.filter.allowOriginOf(shop);
  }

  @BeforeAll
  static void compileAModule(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectories(folder.resolve("src/closedapp"));
    Files.writeString(
        folder.resolve("src/module-info.java"), "module closedapp { exports closedapp; }");
    Files.writeString(
        source.resolve("Shop.java"),
        """
        package closedapp;
        import java.io.Serializable;
        import java.util.List;
        import java.util.function.Supplier;
        public class Shop {
          record Hidden(int number, String text) implements Serializable {}
          record Bare(int number) {}
          public record Shown(int number, Object part) {}
          enum Size { SMALL, LARGE }
          public static Supplier<Object> plain() {
            return (Supplier<Object> & Serializable) () -> "plain";
          }
          public static Supplier<Object> capturing(int n, String s, Object o) {
            return (Supplier<Object> & Serializable) () -> s + n + o;
          }
          public static Object hidden() { return new Hidden(1, "x"); }
          public static Object bare() { return new Bare(1); }
          public static Object shown() { return new Shown(1, List.of("x")); }
          public static Object size() { return Size.LARGE; }
          public static Object sizes() { return new Size[] {Size.LARGE}; }
        }
        """);
    Path classes = folder.resolve("classes");
    Javac.compile(classes, folder.resolve("src/module-info.java"), source.resolve("Shop.java"));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("closedapp"));
    shop =
        boot.defineModulesWithOneLoader(configuration, ClosedModuleTest.class.getClassLoader())
            .findLoader("closedapp")
            .loadClass("closedapp.Shop");
  }

  private static Object call(String method) throws ReflectiveOperationException {
    return shop.getMethod(method).invoke(null);
  }

  @Test
  void aLambdaThatCapturesNothingIsStillOneNumber() throws Exception {
    Object lambda = call("plain");
    for (int i = 0; i < 3; i++) {
      assertThat(((Supplier<?>) wire.send(lambda)).get()).isEqualTo("plain");
      assertThat(wire.tag()).isEqualTo(Tag.LAMBDA);
      assertThat(wire.out.length()).isEqualTo(2);
    }
  }

  @Test
  void aLambdaThatCapturesIsWrittenByTheJdk() throws Exception {
    Object lambda =
        shop.getMethod("capturing", int.class, String.class, Object.class)
            .invoke(null, 3, "x", Path.of("p"));
    for (int i = 0; i < 3; i++) {
      assertThat(((Supplier<?>) wire.send(lambda)).get()).isEqualTo("x3p");
      assertThat(wire.tag()).isEqualTo(Tag.JDK);
    }
  }

  @Test
  void sitesOfLambdasThatTheJdkWritesAreNamedTheOuterOneFirst() throws Exception {
    Object inner = call("plain");
    Object outer =
        shop.getMethod("capturing", int.class, String.class, Object.class)
            .invoke(null, 3, "x", inner);
    wire.out.reset();
    wire.encoder.encode(outer, wire.out);

    assertThat(wire.out.definitionCount()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      assertThat(wire.encoder.capturingClass(wire.out.definition(i))).isEqualTo(shop.getName());
    }
    assertThat(wire.encoder.lambdaSite(outer).id()).isEqualTo(wire.out.definition(0));
    assertThat(wire.encoder.lambdaSite(inner).id()).isEqualTo(wire.out.definition(1));
  }

  @Test
  void recordsAreWrittenByTheJdkIfTheyAreSerializable() throws Exception {
    assertThat(wire.send(call("hidden"))).isEqualTo(call("hidden"));
    assertThat(wire.tag()).isEqualTo(Tag.JDK);
  }

  @Test
  void publicRecordsOfExportedPackagesNeedNothing() throws Exception {
    assertThat(wire.send(call("shown"))).isEqualTo(call("shown"));
    assertThat(wire.tag()).isEqualTo(Tag.RECORD);
  }

  @Test
  void otherRecordsAreRefusedWithAdvice() throws Exception {
    Object bare = call("bare");
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> wire.send(List.of(bare)))
        .withMessageContaining("element 0 of")
        .withMessageContaining("open closedapp to dev.tandem");
  }

  @Test
  void enumsNeedNothing() throws Exception {
    assertThat(wire.send(call("size"))).isSameAs(call("size"));
    assertThat((Object[]) wire.send(call("sizes"))).containsExactly(call("size"));
  }

  @Test
  void anotherModuleIsRefused() throws Exception {
    Wire strange = new Wire(shop.getClassLoader());
    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> strange.send(call("size")))
        .withMessageContaining("withAllowed(\"closedapp.**\")");
  }

  @Test
  void comparatorsOfTheJdkArrive() throws Exception {
    TreeMap<String, Integer> map = new TreeMap<>(Comparator.nullsFirst(Comparator.reverseOrder()));
    map.putAll(Map.of("a", 1, "b", 2));
    assertThat(wire.send(map).keySet()).containsExactly("b", "a");
    assertThat(wire.send(Map.Entry.<String, Integer>comparingByKey()))
        .isInstanceOf(Comparator.class);
  }
}
