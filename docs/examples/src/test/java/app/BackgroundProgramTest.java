package app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackgroundProgramTest {
  @Test
  void everySignUpIsLoggedBeforeCloseReturns() {
    try (var out = new Printed()) {
      try (var program = new P08Background()) {
        program.signUp("ada@example.org");
        program.signUp("alan@example.org");
      }
      assertThat(out.lines()).containsExactlyInAnyOrder("ada@example.org", "alan@example.org");
    }
  }
}
