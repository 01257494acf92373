package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.pools.PoolStartException;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is decided from the description of a JVM, those included that cannot be started here.
class StartModeTest {
  @Test
  void theLoaderDecides() {
    assertThat(StartMode.of(jvm(Map.of(), null, null))).isEqualTo(StartMode.CLASS_PATH);
    assertThat(StartMode.of(jvm(Map.of(), "dev.tandem", null))).isEqualTo(StartMode.MODULE_PATH);
    for (String loader : List.of("launch.LaunchedClassLoader", "LaunchedURLClassLoader")) {
      String name = "org.springframework.boot.loader." + loader;
      assertThat(StartMode.of(jvm(Map.of(), null, name))).isEqualTo(StartMode.SPRING_BOOT);
    }
  }

  @Test
  void springsLauncherIsBesideItsLoader() {
    assertThat(
            StartMode.springLauncher("org.springframework.boot.loader.launch.LaunchedClassLoader"))
        .isEqualTo("org.springframework.boot.loader.launch.PropertiesLauncher");
    assertThat(StartMode.springLauncher("org.springframework.boot.loader.LaunchedURLClassLoader"))
        .isEqualTo("org.springframework.boot.loader.PropertiesLauncher");
  }

  @Test
  void settingsOfSpringsLoaderAreCarried() {
    String loader = "org.springframework.boot.loader.launch.LaunchedClassLoader";
    ParentJvm jvm =
        jvm(
            Map.of(
                "loader.path", "more", "loader.main", "app.Main", "loader.args", "x", "other", "1"),
            null,
            loader);

    assertThat(options(jvm, StartMode.SPRING_BOOT))
        .contains("-Dloader.path=more", "-Dloader.main=the.Main")
        .noneMatch(o -> o.startsWith("-Dloader.args") || o.startsWith("-Dother"));
  }

  @Test
  void nativeImagesAreRefused() {
    ParentJvm image = new ParentJvm(Map.of(), null, null, List.of(), 0);

    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> StartMode.of(image))
        .withMessageContaining("native image")
        .withMessageContaining("newThreadPool");
  }

  @Test
  void otherLoadersAreRefused() {
    String loader = "org.apache.catalina.loader.ParallelWebappClassLoader";

    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> StartMode.of(jvm(Map.of(), null, loader)))
        .withMessageContaining(loader)
        .withMessageContaining("application servers");
  }

  @Test
  void aJdkThatIsGoneIsRefused() {
    assertThatExceptionOfType(PoolStartException.class)
        .isThrownBy(() -> JavaExecutable.find(jvm(Map.of("java.home", "/no/such/jdk"), null, null)))
        .withMessageContaining("/no/such/jdk (java.home), is gone")
        .withMessageContaining("Restart");
  }

  @Test
  void aMainClassOnTheClassPathKeepsThePlatformsDefaultModules() {
    ParentJvm jvm =
        jvm(Map.of("jdk.module.path", "/lib", "java.class.path", "/app.jar"), "dev.tandem", null);

    assertThat(options(jvm, StartMode.MODULE_PATH))
        .containsSubsequence("--module-path", "/lib", "--class-path", "/app.jar")
        .contains("--add-modules=ALL-DEFAULT");
    assertThat(WorkerCommand.main(jvm, StartMode.MODULE_PATH, "the.Main"))
        .containsExactly("-m", "dev.tandem/the.Main");
  }

  @Test
  void emptyEntriesAtTheEndOfTheModulePathAreNotTheCurrentDirectory() {
    String separator = File.pathSeparator;
    ParentJvm jvm = jvm(Map.of("jdk.module.path", "/lib" + separator + separator), "app", null);

    assertThat(options(jvm, StartMode.MODULE_PATH)).containsSubsequence("--module-path", "/lib");
  }

  @Test
  void aMainModuleStaysARoot() {
    ParentJvm jvm =
        jvm(
            Map.of("jdk.module.path", "/lib", "jdk.module.main", "app", "java.class.path", ""),
            "dev.tandem",
            null);

    assertThat(options(jvm, StartMode.MODULE_PATH))
        .contains("--add-modules=app")
        .doesNotContain("--class-path", "--add-modules=ALL-DEFAULT");
  }

  @Test
  void nativeAccessIsGivenWhereAWorkerHasToDetachItself() {
    ParentJvm jvm = jvm(Map.of(), null, null);

    assertThat(options(jvm, StartMode.CLASS_PATH))
        .doesNotContain("--enable-native-access=ALL-UNNAMED");
    assertThat(
            WorkerCommand.options(
                jvm, StartMode.CLASS_PATH, settings(), Path.of("d"), "the.Main", false))
        .contains("--enable-native-access=ALL-UNNAMED");
  }

  private static List<String> options(ParentJvm jvm, StartMode mode) {
    return WorkerCommand.options(jvm, mode, settings(), Path.of("d"), "the.Main", true);
  }

  private static LaunchOptions settings() {
    return new LaunchOptions(1, 0, List.of(), null);
  }

  private static ParentJvm jvm(
      Map<String, String> properties, @Nullable String module, @Nullable String loader) {
    Map<String, String> all =
        new HashMap<>(Map.of("java.home", "/jdk", "java.class.path", "/a.jar"));
    all.putAll(properties);
    return new ParentJvm(all, module, loader, List.of(), 1 << 30);
  }
}
