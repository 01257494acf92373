package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An application whose types are in jars of other modules than its bodies: what is its own arrives
/// both ways without any configuration, and gadgets of a library stay out.
class SeveralModulesProgramTest {
  private static final String MODEL =
      """
      package com.acme.model;
      public interface Model {
        record Price(String currency, long cents) {}
        record Order(Price price, Level level, java.util.List<Price> parts) {}
        enum Level { LOW, HIGH { @Override public int weight() { return 2; } };
          public int weight() { return 1; } }
        sealed interface Shape permits Circle, Square {}
        record Circle(double r) implements Shape {}
        record Square(double a) implements Shape {}
        class Customer implements java.io.Serializable {
          public String name = "c"; public Price limit = new Price("EUR", 7);
          @Override public String toString() { return name + limit.cents(); }
        }
        class OutOfStock extends Exception {
          public final Price price;
          public OutOfStock(Price price) { super("out"); this.price = price; }
        }
      }
      """;

  /// Of another owner: its records, enums and plain exceptions pass, what runs code does not.
  private static final String LIBRARY =
      """
      package de.library.tools;
      public interface Library {
        record Tag(String text) {}
        enum Color { RED }
        class Trouble extends RuntimeException {
          public Trouble(String text) { super(text); }
        }
        class Gadget implements java.io.Serializable {
          private void readObject(java.io.ObjectInputStream in) {
            System.out.println("gadget=RAN");
          }
        }
        class EvilTrouble extends RuntimeException {
          private void readObject(java.io.ObjectInputStream in) {
            System.out.println("gadget=RAN");
          }
        }
        record EvilRecord(int x) implements java.io.Serializable {
          private Object readResolve() { System.out.println("gadget=RAN"); return this; }
        }
        class Comparing implements java.util.Comparator<Object>, java.io.Serializable {
          @Override public int compare(Object a, Object b) {
            System.out.println("gadget=RAN");
            return 1;
          }
        }
        class Part implements java.io.Serializable { int x = 3; }
        class Box implements java.io.Serializable {
          Part part = new Part();
          @Override public String toString() { return "box " + part.x; }
        }
        static Object box() { return new Box(); }
        static Object gadgets() {
          return new Object[] {new Gadget(), new de.library.more.Other()};
        }
        static Object tree() {
          var set = new java.util.TreeSet<Object>(new Quiet());
          set.add("a");
          return set;
        }
        class Quiet extends Comparing {
          @Override public int compare(Object a, Object b) { return 0; }
        }
      }
      """;

  private static final String OTHER =
      """
      package de.library.more;
      public class Other implements java.io.Serializable {}
      """;

  private static final String MAIN =
      """
      package com.acme.app;
      import com.acme.model.Model.*;
      import de.library.tools.Library;
      import de.library.tools.Library.*;
      import dev.tandem.Tandem;
      import dev.tandem.core.SerializableCallable;
      import dev.tandem.pools.ProcessPool;
      import java.util.*;
      import java.util.concurrent.ExecutionException;
      public class Main {
        static void tell(String name, ProcessPool pool, SerializableCallable<?> body)
            throws Exception {
          String said;
          try {
            said = String.valueOf(pool.submit(body).get());
          } catch (ExecutionException e) {
            said = e.getCause() + (e.getCause() instanceof OutOfStock o ? " " + o.price : "");
          }
          System.out.println(name + "=" + said.replace('\\n', ' '));
        }
        public static void main(String[] args) throws Exception {
          Price price = new Price("EUR", 5);
          Order order = new Order(price, Level.HIGH, List.of(price, price));
          Shape shape = new Circle(1);
          Customer customer = new Customer();
          Tag tag = new Tag("t");
          Object gadget = new Gadget();
          Box box = new Box();
          Object hidden = box;
          try (ProcessPool pool = Tandem.newProcessPool(1)) {
            tell("record", pool, () -> order);
            tell("enum", pool, () -> Level.HIGH.weight() + " " + Level.values()[1]);
            tell("constant", pool, () -> Level.HIGH);
            tell("sealed", pool, () -> new Shape[] {shape, new Square(2)}.length + " " + shape);
            tell("bean", pool, () -> customer);
            tell("map", pool, () -> Map.of(Level.LOW, List.of(price)));
            tell("exception", pool, () -> { throw new OutOfStock(price); });
            tell("libraryRecord", pool, () -> tag);
            tell("libraryEnum", pool, () -> Color.RED);
            tell("libraryException", pool, () -> { throw new Trouble("x"); });
            tell("hiddenBean", pool, () -> hidden.toString());
            tell("namedBean", pool, () -> box);
            tell("libraryGadget", pool, () -> gadget.hashCode());
            tell("libraryGadgets", pool, () -> Library.gadgets());
            tell("libraryTree", pool, () -> Library.tree());
            tell("evilException", pool, () -> { throw new EvilTrouble(); });
            tell("evilRecord", pool, () -> (Object) new EvilRecord(1));
            tell("end", pool, () -> 42);
          }
        }
      }
      """;

  @TempDir Path temp;
  private Path home;
  private Program program;

  @BeforeEach
  void compile() throws Exception {
    home = Files.createDirectories(temp.resolve("a b+c%20d#e!f\u00fc"));
    program = new Program(home);
    compile("model", "", Map.of("com.acme.model.Model", MODEL));
    compile(
        "library", "", Map.of("de.library.tools.Library", LIBRARY, "de.library.more.Other", OTHER));
    compile(
        "app",
        Program.path(home.resolve("model"), home.resolve("library")),
        Map.of("com.acme.app.Main", MAIN));
  }

  private void compile(String name, String path, Map<String, String> sources) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("-d", home.resolve(name).toString(), "-cp", Program.path(path, tandem())));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file =
          home.resolve("source-" + name).resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      command.add(Files.writeString(file, source.getValue()).toString());
    }
    Program.tool("javac", command.toArray(new String[0]));
  }

  /// {@return what this test run has on its class path and module path}
  private static String tandem() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(key -> System.getProperty(key, ""))
        .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path jar(String name, String... folders) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("--create", "--file", home.resolve(name).toString()));
    for (String folder : folders) {
      command.addAll(List.of("-C", home.resolve(folder).toString(), "."));
    }
    Program.tool("jar", command.toArray(new String[0]));
    return home.resolve(name);
  }

  private Map<String, String> run(String... arguments) throws Exception {
    Process process = program.start(arguments);
    process.getOutputStream().close();
    Map<String, String> told = new LinkedHashMap<>();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String line : out.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.indexOf(' ') != 12) { // not one of the log
        told.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    assertThat(process.waitFor()).as("%s%s", out, errors).isZero();
    assertThat(told).as("%s%s", out, errors).containsEntry("end", "42");
    return told;
  }

  private static void checkOwn(Map<String, String> told) {
    assertThat(told)
        .containsEntry(
            "record",
            "Order[price=Price[currency=EUR, cents=5], level=HIGH,"
                + " parts=[Price[currency=EUR, cents=5], Price[currency=EUR, cents=5]]]")
        .containsEntry("enum", "2 HIGH")
        .containsEntry("constant", "HIGH")
        .containsEntry("sealed", "2 Circle[r=1.0]")
        .containsEntry("bean", "c7")
        .containsEntry("map", "{LOW=[Price[currency=EUR, cents=5]]}")
        .containsEntry(
            "exception", "com.acme.model.Model$OutOfStock: out Price[currency=EUR, cents=5]")
        .containsEntry("libraryRecord", "Tag[text=t]")
        .containsEntry("libraryEnum", "RED")
        .containsEntry("namedBean", "box 3")
        .containsEntry("libraryException", "de.library.tools.Library$Trouble: x");
  }

  private static void checkGadgets(Map<String, String> told) {
    assertThat(told).doesNotContainKey("gadget");
    assertThat(told.get("hiddenBean"))
        .contains("Library$Box, de.library.tools.Library$Part are refused");
    assertThat(told.get("libraryGadget"))
        .contains("Library$Gadget is refused")
        .contains("withAllowed(\"de.library.tools.**\")");
    assertThat(told.get("libraryGadgets"))
        .as("all at once")
        .contains("classes de.library.more.Other, de.library.tools.Library$Gadget are refused")
        .contains("withAllowed(\"de.library.more.**\").withAllowed(\"de.library.tools.**\")");
    assertThat(told.get("libraryTree")).contains("Library$Quiet").contains("withAllowed(");
    assertThat(told.get("evilException")).contains("RemoteTaskException").contains("EvilTrouble");
    assertThat(told.get("evilRecord")).contains("EvilRecord is refused");
  }

  @Test
  void jarsOfTheSameOwnerBelongToTheApplication() throws Exception {
    Map<String, String> told =
        run(
            "-cp",
            Program.path(
                jar("app.jar", "app"),
                jar("model.jar", "model"),
                jar("library.jar", "library"),
                tandem()),
            "com.acme.app.Main");

    checkOwn(told);
    checkGadgets(told);
    assertThat(told.get("libraryGadget")).contains("library.jar");
  }

  @Test
  void aFolderOfClassesWithItsModulesInJars() throws Exception {
    Map<String, String> told =
        run(
            "-cp",
            Program.path("app", jar("model.jar", "model"), jar("library.jar", "library"), tandem()),
            "com.acme.app.Main");

    checkOwn(told);
    checkGadgets(told);
  }

  @Test
  void inAFatJarTheLibrariesStayLibraries() throws Exception {
    Map<String, String> told =
        run(
            "-cp",
            Program.path(jar("fat.jar", "app", "model", "library"), tandem()),
            "com.acme.app.Main");

    checkOwn(told);
    checkGadgets(told);
  }

  @Test
  void aWorkersLocaleMayBePosix() throws Exception {
    program.environment.put("LC_ALL", "POSIX");
    program.environment.put("LANG", "");
    Path plain = Files.createDirectories(temp.resolve("plain"));
    for (String name : List.of("app", "model", "library")) {
      Files.move(home.resolve(name), plain.resolve(name));
    }
    Map<String, String> told =
        run(
            "-cp",
            Program.path(
                plain.resolve("app"), plain.resolve("model"), plain.resolve("library"), tandem()),
            "com.acme.app.Main");

    checkOwn(told);
  }

  @Test
  void modulesOfTheSameOwnerBelongToTheApplication() throws Exception {
    assumeThat(Launcher.class.getModule().isNamed()).as("this test run has a module path").isTrue();
    compile("model", "", Map.of("com.acme.model.Model", MODEL));
    String path = System.getProperty("jdk.module.path");
    module("model", "module com.acme.model { exports com.acme.model; }", path);
    module(
        "library",
        "module de.library { exports de.library.tools; exports de.library.more; }",
        path);
    module(
        "app",
        "module com.acme.app { requires dev.tandem; requires com.acme.model; requires de.library;"
            + " opens com.acme.app to dev.tandem; }",
        Program.path(home.resolve("model"), home.resolve("library"), path));

    Map<String, String> told =
        run(
            "-p",
            Program.path(
                jar("app.jar", "app"),
                jar("model.jar", "model"),
                jar("library.jar", "library"),
                path),
            "-m",
            "com.acme.app/com.acme.app.Main");

    checkOwn(told);
    checkGadgets(told);
  }

  private void module(String name, String descriptor, String path) throws Exception {
    Path file = Files.writeString(home.resolve("source-" + name + "/module-info.java"), descriptor);
    List<String> command =
        new ArrayList<>(List.of("-d", home.resolve(name).toString(), "-p", path, file.toString()));
    try (Stream<Path> sources = Files.walk(home.resolve("source-" + name))) {
      sources
          .map(Path::toString)
          .filter(s -> s.endsWith(".java") && !s.equals(file.toString()))
          .forEach(command::add);
    }
    Program.tool("javac", command.toArray(new String[0]));
  }
}
