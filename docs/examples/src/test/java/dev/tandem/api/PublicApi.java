package dev.tandem.api;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What users of a published module can see: the public and protected types and members of the
/// packages that its descriptor exports to everybody.
final class PublicApi {
  /// The published modules, by their folders; tests run in docs/examples.
  static final List<Path> MODULES =
      Stream.of("core", "queues", "structured", "pools", "pools/cluster")
          .map(Path.of("../..")::resolve)
          .toList();

  private PublicApi() {}

  /// The types of one module, in the order of their names.
  static List<Class<?>> types(Path module) throws IOException {
    Path classes = module.resolve("target/classes");
    var descriptor =
        ModuleFinder.of(classes).findAll().stream().findFirst().orElseThrow().descriptor();
    List<Class<?>> types = new ArrayList<>();
    for (Exports exported : descriptor.exports()) {
      if (!exported.isQualified()) {
        addTypes(classes, exported.source(), types);
      }
    }
    types.sort(comparing(Class::getName));
    return types;
  }

  private static void addTypes(Path classes, String name, List<Class<?>> types) throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String type = name + "." + file.getFileName().toString().replace(".class", "");
        Class<?> found = load(type);
        if (!type.endsWith("package-info") && isVisible(found)) {
          types.add(found);
        }
      }
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          name + " is on disk but not on the class path: build anew", e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && !type.isSynthetic()
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  /// One line for each type, and under it one for each of its members.
  static List<String> signatures(Path module) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types(module)) {
      lines.add(declaration(type));
      Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
          .flatMap(Arrays::stream)
          .filter(member -> isVisible(((Member) member).getModifiers()))
          .filter(member -> !((Member) member).isSynthetic())
          .map(member -> "  " + signature(member))
          .sorted()
          .forEach(lines::add);
    }
    return lines;
  }

  private static String declaration(Class<?> type) {
    var line = new StringBuilder(type.toGenericString());
    if (type.getGenericSuperclass() != null) {
      line.append(" extends ").append(type.getGenericSuperclass().getTypeName());
    }
    if (type.getInterfaces().length > 0) {
      line.append(type.isInterface() ? " extends " : " implements ")
          .append(names(type.getGenericInterfaces()));
    }
    return line.toString();
  }

  private static String names(Type[] types) {
    return Arrays.stream(types).map(Type::getTypeName).collect(joining(", "));
  }

  private static String signature(Member member) {
    return switch (member) {
      case java.lang.reflect.Executable executable -> executable.toGenericString();
      case java.lang.reflect.Field field -> field.toGenericString();
      default -> throw new IllegalArgumentException("member: " + member);
    };
  }
}
