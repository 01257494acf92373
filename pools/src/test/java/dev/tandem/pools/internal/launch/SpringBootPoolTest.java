package dev.tandem.pools.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.loader.launch.JarLauncher;

/// Applications in jars of jars and web archives, as the build plug-ins of Spring Boot 3 and 4 make
/// them, with Tandem in a jar of its own: objects of the application go both ways.
class SpringBootPoolTest {
  private static final String LAUNCHERS = "org.springframework.boot.loader.launch.";

  /// Where the build puts the loader of the version that is not on the path of the tests.
  private static final Path OTHER_LOADERS = Path.of("target", "loaders");

  private static final List<String> LIBRARIES =
      List.of("guava", "failureaccess", "slf4j-api", "jctools-core", "jspecify");

  @TempDir Path home;
  private Program program;

  @BeforeEach
  void create() throws IOException {
    program = new Program(home);
  }

  @ParameterizedTest
  @CsvSource({
    "3, JarLauncher, BOOT-INF",
    "3, WarLauncher, WEB-INF",
    "3, PropertiesLauncher, BOOT-INF",
    "4, JarLauncher, BOOT-INF",
    "4, WarLauncher, WEB-INF",
    "4, PropertiesLauncher, BOOT-INF"
  })
  void objectsOfAnExecutableArchiveGoBothWays(int version, String launcher, String directory)
      throws Exception {
    archive(version, launcher, directory, "app.jar");

    check(program.start("-Dloader.main=" + BootProgram.class.getName(), "-jar", "app.jar"));
  }

  @ParameterizedTest
  @CsvSource({
    "3, JarLauncher, BOOT-INF",
    "3, WarLauncher, WEB-INF",
    "4, JarLauncher, BOOT-INF",
    "4, WarLauncher, WEB-INF"
  })
  void objectsOfAnUnpackedArchiveGoBothWays(int version, String launcher, String directory)
      throws Exception {
    archive(version, launcher, directory, "app.jar");
    extract(home.resolve("app.jar"), Files.createDirectory(home.resolve("unpacked")));

    check(program.start("-cp", "unpacked", LAUNCHERS + launcher));
  }

  private static void check(Process process) throws Exception {
    process.getOutputStream().close();
    String err = "";
    String out;
    try (var errors = process.errorReader()) {
      out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      err = String.join("\n", errors.readAllLines());
    } finally {
      process.destroyForcibly();
    }
    assertThat(out.lines().filter(line -> line.startsWith("boot ")))
        .as("stdout: %s; stderr: %s", out, err)
        .containsExactly(
            "boot returned Order[id=2, kind=LARGE]",
            "boot mapped [Order[id=3, kind=LARGE]]",
            "boot caught Order[id=1, kind=SMALL]",
            "boot worker LaunchedClassLoader, the context's: true",
            "boot from a channel Order[id=11, kind=LARGE]",
            "boot remote Order[id=21, kind=LARGE]",
            "boot counted 41",
            "boot here LaunchedClassLoader, the context's: true");
  }

  /// Builds an archive, with stored jars in it, as they have to be.
  private void archive(int version, String launcher, String directory, String name)
      throws IOException {
    Path nested = Files.createDirectories(home.resolve("nested"));
    Path libraries = Files.createDirectories(nested.resolve(directory + "/lib"));
    String own = BootProgram.class.getPackageName().replace('.', '/');
    Path classes = Files.createDirectories(nested.resolve(directory + "/classes/" + own));
    try (Stream<Path> files = Files.list(Program.testClasses().resolve(own))) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("Boot")).toList()) {
        Files.copy(file, classes.resolve(file.getFileName()));
      }
    }
    for (Path library : libraries()) {
      if (Files.isDirectory(library)) {
        String jar = "library-" + libraries.toFile().list().length + ".jar";
        pack(libraries.resolve(jar), library);
      } else {
        Files.copy(library, libraries.resolve(library.getFileName()));
      }
    }
    Path manifest =
        Files.writeString(
            home.resolve("m"),
            "Main-Class: %s\nStart-Class: %s\nSpring-Boot-Classes: %s/classes/\nSpring-Boot-Lib: %s/lib/\n"
                .formatted(
                    LAUNCHERS + launcher, BootProgram.class.getName(), directory, directory));
    Path loader = Files.createDirectory(home.resolve("loader"));
    extract(loader(version), loader);
    Program.tool(
        "jar",
        "--create",
        "--no-compress",
        "--file",
        home.resolve(name).toString(),
        "--manifest",
        manifest.toString(),
        "-C",
        loader.toString(),
        "org",
        "-C",
        loader.toString(),
        "META-INF/services",
        "-C",
        nested.toString(),
        directory);
  }

  /// Tandem and what it needs, as they are on the path of the tests.
  private static List<Path> libraries() {
    List<Path> all = new ArrayList<>();
    all.add(Program.classes());
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
        Path path = Path.of(entry).toAbsolutePath().normalize();
        String file = path.getFileName() == null ? "" : path.getFileName().toString();
        boolean isOurs =
            Files.isDirectory(path.resolve("dev/tandem")) && !path.equals(Program.testClasses());
        boolean isNeeded =
            isOurs
                || file.startsWith("tandem-")
                || LIBRARIES.stream().anyMatch(library -> file.startsWith(library + "-"));
        if (isNeeded && !all.contains(path) && Files.exists(path)) {
          all.add(path);
        }
      }
    }
    return all;
  }

  private static Path loader(int version) throws IOException {
    Path here = Program.origin(JarLauncher.class);
    String name = here.getFileName().toString();
    if (name.startsWith("spring-boot-loader-" + version + ".")) {
      return here;
    }
    assumeTrue(Files.isDirectory(OTHER_LOADERS), "Maven puts it there: " + OTHER_LOADERS);
    try (Stream<Path> files = Files.list(OTHER_LOADERS)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("spring-boot-loader-" + version + "."))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void pack(Path jar, Path directory) {
    Program.tool("jar", "--create", "--file", jar.toString(), "-C", directory.toString(), ".");
  }

  private static void extract(Path jar, Path into) {
    Program.tool("jar", "--extract", "--file", jar.toString(), "--dir", into.toString());
  }
}
