package dev.tandem.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every type that users see is used by a program, a snippet or an example of this folder: what
/// nobody needs here, nobody needs. Class files are asked, not sources: a configuration is used as
/// `cf -> cf.withName("x")` and its type is never written down.
class EveryTypeHasAnExampleTest {
  private static final List<Path> MODULES = PublicApi.MODULES;
  private static final Pattern TYPE = Pattern.compile("dev/tandem/[\\w/$]+");

  /// Of no use to a program: shared by the modules that implement the configurations.
  private static final Set<String> FOR_IMPLEMENTERS = Set.of("dev/tandem/core/TaskLimits");

  private static Set<String> used;

  @BeforeAll
  static void findUsedTypes() throws IOException {
    used = new HashSet<>();
    for (String folder : List.of("target/classes", "target/test-classes")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
            if (entry instanceof Utf8Entry text) {
              TYPE.matcher(text.stringValue()).results().forEach(found -> used.add(found.group()));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void everyPublicTypeHasAnExample(Path module) throws IOException {
    assertThat(PublicApi.types(module).stream().map(type -> type.getName().replace('.', '/')))
        .isNotEmpty()
        .filteredOn(type -> !used.contains(type) && !FOR_IMPLEMENTERS.contains(type))
        .as("public types of %s that no example uses", module)
        .isEmpty();
  }
}
