package dev.tandem.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// No signature changes by accident: all that users can see is in a file of each module,
/// `src/api/signatures.txt`. A change that is meant is accepted with `-Dapi.accept` and reviewed as
/// a diff of those files; docs/RELEASING.md has the command.
class ApiBaselineTest {
  private static final List<Path> MODULES = PublicApi.MODULES;

  @ParameterizedTest
  @FieldSource("MODULES")
  void signaturesAreThoseOfTheBaseline(Path module) throws IOException {
    Path baseline = module.resolve("src/api/signatures.txt");
    List<String> now = PublicApi.signatures(module);
    if (System.getProperty("api.accept") != null) {
      Files.createDirectories(baseline.getParent());
      Files.write(baseline, now);
    }
    List<String> before = Files.readAllLines(baseline);

    assertThat(before)
        .as("lost or changed, in %s: somebody's program no longer compiles or links", baseline)
        .isSubsetOf(now);
    assertThat(now)
        .as("new, not yet in %s: accept it with -Dapi.accept", baseline)
        .isEqualTo(before);
  }
}
