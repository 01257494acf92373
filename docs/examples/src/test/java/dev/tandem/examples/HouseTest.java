package dev.tandem.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what docs/ARCHITECTURE.md says of the packages: every arrow, no circle, no large class. */
class HouseTest {
  private static final int MAX_LINES = 400;
  private static final String INTERNAL = "dev.tandem.pools.internal.";
  private static final String CLUSTER = "dev.tandem.cluster..";
  private static final Pattern NAME = Pattern.compile("`([A-Z][a-z]\\w+)(\\.\\w+)*`");
  private static final Pattern OF_A_LANGUAGE =
      Pattern.compile("%[,0-9]*[dxX]\\b|to(?:Upper|Lower)Case\\(\\)");
  private static final Set<String> OF_OTHERS = Set.of("Thread", "Need", "Config", "Options");
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.tandem");

  @Test
  void thePackagesOfPoolsHaveTheArrowsOfTheDrawingOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("facade")
        .definedBy("dev.tandem")
        .layer("executor")
        .definedBy(INTERNAL + "executor")
        .layer("thread")
        .definedBy(INTERNAL + "thread")
        .layer("process")
        .definedBy(INTERNAL + "process")
        .layer("fleet")
        .definedBy(INTERNAL + "process.fleet")
        .layer("launch")
        .definedBy(INTERNAL + "launch")
        .layer("channel")
        .definedBy(INTERNAL + "channel")
        .layer("share")
        .definedBy(INTERNAL + "share")
        .layer("worker")
        .definedBy(INTERNAL + "worker")
        .layer("wire")
        .definedBy(INTERNAL + "wire")
        .layer("codec")
        .definedBy(INTERNAL + "codec")
        .whereLayer("facade")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("thread")
        .mayOnlyBeAccessedByLayers("facade")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("facade")
        .whereLayer("executor")
        .mayOnlyBeAccessedByLayers("facade", "thread", "process")
        .whereLayer("fleet")
        .mayOnlyBeAccessedByLayers("process")
        .whereLayer("channel")
        .mayOnlyBeAccessedByLayers("facade", "process", "fleet", "worker")
        .whereLayer("share")
        .mayOnlyBeAccessedByLayers("process", "fleet", "channel", "worker")
        .whereLayer("worker")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("launch")
        .mayOnlyBeAccessedByLayers("process", "fleet")
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("process", "fleet", "launch", "channel", "share", "worker")
        .whereLayer("codec")
        .mayOnlyBeAccessedByLayers("process", "fleet", "wire", "channel", "share", "worker")
        .ensureAllClassesAreContainedInArchitecture()
        .check(CLASSES.that(resideInAnyPackage("dev.tandem", INTERNAL + ".")));
  }

  @Test
  void noPackageOfPoolsIsInACircle() {
    slices().matching(INTERNAL + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theModulesHaveTheArrowsOfTheDrawingOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.tandem.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.tandem", "dev.tandem.queues..", "dev.tandem.structured..", "dev.tandem.pools..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.tandem.queues..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.tandem",
            "dev.tandem.core..",
            "dev.tandem.structured..",
            "dev.tandem.pools..",
            "com.google..",
            "org.slf4j..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.tandem.structured..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.tandem", "dev.tandem.queues..", "dev.tandem.pools..")
        .check(CLASSES);
  }

  @Test
  void aClusterIsBuiltOnWhatIsSharedAndNothingIsBuiltOnIt() {
    noClasses()
        .that()
        .resideInAPackage(CLUSTER)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.tandem.queues..", "dev.tandem.structured..", INTERNAL + ".")
                .and(not(resideInAnyPackage(INTERNAL + "executor", INTERNAL + "codec"))))
        .check(CLASSES);
    noClasses()
        .that(
            resideInAnyPackage(
                "dev.tandem",
                "dev.tandem.core..",
                "dev.tandem.queues..",
                "dev.tandem.structured..",
                "dev.tandem.pools.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLUSTER, "com.hazelcast..")
        .check(CLASSES);
  }

  @Test
  void everyClassThatTheDocumentsOfDevelopersNameIsThere() {
    Sources sources = new Sources();
    assertThat(
            Stream.of("ARCHITECTURE.md", "CONTRIBUTING.md")
                .map(page -> Sources.read(Sources.ROOT.resolve("docs").resolve(page)))
                .flatMap(page -> NAME.matcher(page).results())
                .map(name -> name.group(1))
                .distinct()
                .filter(name -> !OF_OTHERS.contains(name) && !sources.hasClass(name)))
        .isEmpty();
  }

  @Test
  void noClassIsLongerThanAReaderCanHoldInMind() {
    assertThat(
            Sources.published()
                .filter(file -> lines(file) > MAX_LINES)
                .map(file -> Sources.ROOT.relativize(file) + ": " + lines(file)))
        .isEmpty();
  }

  /** Else a message has other digits in Egypt, and words other letters in Turkey; %s has not. */
  @Test
  void noTextDependsOnTheLanguageOfTheMachine() {
    assertThat(
            Sources.published()
                .flatMap(file -> OF_A_LANGUAGE.matcher(Sources.read(file)).results())
                .map(MatchResult::group))
        .isEmpty();
  }

  /** The Javadoc of the public API is its user's, and as long as it must be. */
  private static long lines(Path file) {
    List<String> lines = Sources.read(file).lines().toList();
    boolean isApi =
        !file.toString().contains("/internal/")
            && lines.stream().anyMatch(line -> line.matches("public (final |sealed )?\\w+ .*"));
    Stream<String> counted =
        isApi ? lines.stream().filter(line -> !line.strip().startsWith("///")) : lines.stream();
    return counted.count();
  }
}
