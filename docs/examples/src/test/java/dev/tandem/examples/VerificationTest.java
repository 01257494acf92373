package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docs/VERIFICATION.md` and the source tree agree: what the page names is there, and what is
/// there to prove something is on the page.
class VerificationTest {
  /// A class, with as much of its package as it needs, and a method of it.
  private static final Pattern NAME =
      Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w*)(?:[.#]([a-z]\\w*))?`");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*`\\w+Test#\\w+`");

  /// A method of the JDK's, what it does, and a test.
  private static final Pattern METHOD_ROW =
      Pattern.compile(
          "(?m)^\\| `([a-z]\\w*\\([^`]*\\))` \\| [^|]+ \\| `\\w+(?:Contract#|Test[#`])");

  private record Named(String type, String method) {}

  private static String page;
  private static List<Named> named;

  /// By qualified name, with dots.
  private static Set<String> types;

  private static List<Path> sources;

  @BeforeAll
  static void read() {
    page = Sources.read(Sources.ROOT.resolve("docs/VERIFICATION.md"));
    named = named(page);
    sources =
        Stream.of(
                "core",
                "queues",
                "structured",
                "pools",
                "pools/cluster",
                "jcstress-tests",
                "docs/examples",
                "docs/examples/spring-boot")
            .flatMap(module -> Sources.files(Sources.ROOT.resolve(module).resolve("src"), ".java"))
            .toList();
    types =
        sources.stream()
            .map(VerificationTest::typeOf)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyClassAndMethodThatIsNamedExists() {
    assertThat(missing(named)).isEmpty();
    assertThat(named).hasSizeGreaterThan(300);
  }

  @Test
  void everyJcstressTestAndItsWeakenedVariantAreNamed() {
    List<String> tests =
        sources.stream()
            .filter(file -> file.startsWith(Sources.ROOT.resolve("jcstress-tests")))
            .filter(file -> Sources.read(file).contains("@JCStressTest"))
            .map(VerificationTest::typeOf)
            .toList();
    assertThat(tests).hasSizeGreaterThan(100);
    assertThat(unnamed(tests, named)).isEmpty();
  }

  @Test
  void everyLincheckAndStressTestIsNamed() {
    List<String> tests =
        types.stream().filter(type -> type.matches(".*(Lincheck|Stress|WakeUp)Test")).toList();
    assertThat(tests).hasSizeGreaterThan(20);
    assertThat(unnamed(tests, named)).isEmpty();
  }

  @Test
  void everyFaultHasItsTest() {
    List<String> rows = ROW.matcher(page).results().map(row -> row.group(1)).toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            Stream.iterate(1, n -> n <= 50, n -> n + 1).map(String::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(classes = {BlockingQueue.class, ExecutorService.class, Future.class})
  void everyMethodOfTheJdksContractsHasItsTests(Class<?> contract) {
    String start = "**" + contract.getSimpleName() + "**";
    assertThat(page).contains(start);
    String table = page.substring(page.indexOf(start)).split("\n\n", 3)[1];
    assertThat(METHOD_ROW.matcher(table).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(
            Stream.of(contract.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(VerificationTest::signature)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String signature(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  @Test
  void aHoleWouldBeFound() {
    List<Named> some =
        named("`NoSuchTest`, `KillStormTest#noSuchMethod`, `KillStormTest`, `TaskRun.publish`");
    assertThat(missing(some))
        .containsExactly(new Named("NoSuchTest", ""), new Named("KillStormTest", "noSuchMethod"));
    // the other one of the two with this name is not named by it
    assertThat(
            unnamed(
                List.of("dev.tandem.structured.CancelAgainstCancel"),
                named("`CancelAgainstCancel`, `internal.CancelAgainstCancel`")))
        .containsExactly("dev.tandem.structured.CancelAgainstCancel");
  }

  private static List<Named> named(String text) {
    return NAME.matcher(text).results().map(VerificationTest::toNamed).distinct().toList();
  }

  private static Named toNamed(MatchResult found) {
    String method = found.group(2);
    return new Named(found.group(1), method == null ? "" : method);
  }

  /// {@return what does not exist}
  private static List<Named> missing(List<Named> all) {
    return all.stream()
        .filter(each -> sources.stream().noneMatch(file -> has(file, each)))
        .toList();
  }

  private static boolean has(Path file, Named wanted) {
    return isNamed(typeOf(file), wanted.type())
        && (wanted.method().isEmpty()
            || Pattern.compile("\\b" + wanted.method() + "\\(").matcher(Sources.read(file)).find());
  }

  /// {@return the types that no name stands for, or only one that could be another's, too}
  private static List<String> unnamed(List<String> wanted, List<Named> names) {
    return wanted.stream()
        .filter(type -> names.stream().noneMatch(name -> isOnly(type, name.type())))
        .toList();
  }

  private static boolean isOnly(String type, String name) {
    return isNamed(type, name) && types.stream().filter(each -> isNamed(each, name)).count() == 1;
  }

  private static boolean isNamed(String type, String name) {
    return ("." + type).endsWith("." + name);
  }

  private static String typeOf(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.substring(path.lastIndexOf("/java/") + 6, path.length() - 5).replace('/', '.');
  }
}
