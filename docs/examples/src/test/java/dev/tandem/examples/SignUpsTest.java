package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignUpsTest {
  @Test
  void closingWaitsForTheBackgroundAndNoFailureIsLost() throws Exception {
    var report = SignUps.inBackground();
    assertThat(report.logged()).containsExactlyInAnyOrderElementsOf(SignUps.PEOPLE);
    assertThat(report.mailed()).hasSize(9).doesNotContain("@");
    assertThat(report.failed()).containsExactly("mail @");
    assertThat(SignUps.sequential()).isEqualTo(report);
  }
}
