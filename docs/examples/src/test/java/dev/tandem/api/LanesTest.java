package dev.tandem.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No test is left out of the build by its name. Surefire runs what is called `*Test`: what is
/// tagged `lincheck` in a JVM of its own if it is called `*LincheckTest`, too, what is tagged
/// `cluster` among the examples if it is called `*Cluster*Test`, what is tagged `threads` if it is
/// in the package of the executors' contract, and the rest in another. The profile `fast` leaves
/// out more; nothing else does.
class LanesTest {
  private static final Pattern HAS_TESTS =
      Pattern.compile("(?m)^ +@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

  private static final Pattern BASE = Pattern.compile("(?m)^(public )?(abstract class|interface) ");

  private static final Pattern TAGGED =
      Pattern.compile(
          "(?m)^@Tag\\(\"lincheck\"\\)|^(public )?(final )?class \\w+ extends \\w*Lincheck");

  @Test
  void surefireFindsEachTestByItsName() {
    assertThat(testSources())
        .filteredOn(file -> HAS_TESTS.matcher(text(file)).find() && !isBase(file))
        .hasSizeGreaterThan(200)
        .allMatch(file -> file.toString().endsWith("Test.java"));
  }

  @Test
  void linchecksTestsAreThoseOfThatName() {
    List<Path> tagged =
        testSources().stream().filter(file -> TAGGED.matcher(text(file)).find()).toList();
    assertThat(tagged)
        .filteredOn(file -> !isBase(file))
        .hasSizeGreaterThan(15)
        .allMatch(file -> file.toString().endsWith("LincheckTest.java"));
    assertThat(testSources())
        .filteredOn(file -> file.toString().endsWith("LincheckTest.java"))
        .isSubsetOf(tagged);
  }

  @Test
  void examplesOnAClusterAreThoseOfThatName() {
    Path examples = Path.of("../..", "docs/examples", "src/test/java");
    List<Path> ofThatName =
        below(examples)
            .filter(file -> file.getFileName().toString().matches(".*Cluster.*Test\\.java"))
            .toList();
    assertThat(below(examples).filter(Files::isRegularFile))
        .filteredOn(file -> text(file).contains("\n@Tag(\"cluster\")"))
        .hasSizeGreaterThan(2)
        .containsExactlyInAnyOrderElementsOf(ofThatName);
  }

  @Test
  void contractsOverThreadsAreInTheirPackage() {
    Path contracts = Path.of("../..", "pools/src/test/java/dev/tandem");
    assertThat(testSources())
        .filteredOn(file -> text(file).contains("\n@Tag(\"threads\")"))
        .hasSizeGreaterThan(4)
        .allMatch(file -> file.getParent().equals(contracts));
  }

  private static boolean isBase(Path file) {
    return BASE.matcher(text(file)).find();
  }

  private static List<Path> testSources() {
    return Stream.of(
            "core",
            "queues",
            "structured",
            "pools",
            "pools/cluster",
            "docs/examples",
            "docs/examples/spring-boot",
            "docs/benchmarks")
        .flatMap(module -> below(Path.of("../..", module, "src/test/java")))
        .filter(file -> file.toString().endsWith(".java"))
        .toList();
  }

  private static Stream<Path> below(Path directory) {
    try {
      return Files.walk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
