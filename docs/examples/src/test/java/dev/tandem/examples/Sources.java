package dev.tandem.examples;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of the whole project, as CoverageTest asks for them: by names of classes. */
final class Sources {
  static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..").normalize();
  static final Path PAGES = ROOT.resolve("pools/src/main/java/dev/tandem/doc-files");
  static final Path PROGRAMS = ROOT.resolve("docs/examples/src/main/java");

  private static final List<String> PUBLISHED =
      List.of("core", "queues", "structured", "pools", "pools/cluster");
  private static final List<String> OTHERS =
      List.of("jcstress-tests", "docs/examples", "docs/examples/spring-boot");

  private final Map<String, List<Path>> byName;
  private final String published;

  /** The sources of the published modules. */
  static Stream<Path> published() {
    return PUBLISHED.stream()
        .flatMap(tree -> files(ROOT.resolve(tree).resolve("src/main"), ".java"));
  }

  Sources() {
    byName =
        Stream.concat(PUBLISHED.stream(), OTHERS.stream())
            .flatMap(tree -> files(ROOT.resolve(tree).resolve("src"), ".java"))
            .collect(groupingBy(file -> file.getFileName().toString().replace(".java", "")));
    Stream<Path> javadoc =
        PUBLISHED.stream().flatMap(tree -> files(ROOT.resolve(tree).resolve("src/main"), ".java"));
    Stream<Path> pages =
        Stream.concat(files(PAGES, ".md"), files(ROOT.resolve("docs/src/javadoc"), ".md"));
    published = Stream.concat(javadoc, pages).map(Sources::read).collect(Collectors.joining("\n"));
  }

  /** Tells what is wrong with a name of a class: nothing, if there is one such class. */
  String problemWithClass(String name) {
    return switch (byName.getOrDefault(name, List.of()).size()) {
      case 0 -> "there is no class " + name;
      case 1 -> "";
      default -> "there are several classes " + name;
    };
  }

  boolean hasClass(String name) {
    return byName.containsKey(name);
  }

  boolean isProgram(String name) {
    return byName.getOrDefault(name, List.of()).stream().anyMatch(f -> f.startsWith(PROGRAMS));
  }

  boolean hasTests(String name) {
    return source(name).contains("@Test\n");
  }

  boolean hasTest(String name, String method) {
    return Pattern.compile("@Test\\s+void " + method + "\\(").matcher(source(name)).find();
  }

  boolean hasRegion(String name, String region) {
    return source(name).contains("@start region=\"" + region + "\"");
  }

  /** Tells whether the guide or the Javadoc quotes this snippet. */
  boolean isQuoted(String name, String region) {
    return published.contains("file=\"" + name + ".java\" region=\"" + region + "\"");
  }

  private String source(String name) {
    return byName.getOrDefault(name, List.of()).stream()
        .map(Sources::read)
        .collect(Collectors.joining());
  }

  /** Gives the anchors of a Markdown file, as viewers of repositories make them of headings. */
  static List<String> anchors(Path page) {
    Matcher heading = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE).matcher(read(page));
    return heading
        .results()
        .map(h ->
            h.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_ -]", "").replace(' ', '-'))
        .toList();
  }

  static Stream<Path> files(Path folder, String end) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all
          .filter(f -> Files.isRegularFile(f) && f.toString().endsWith(end))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
