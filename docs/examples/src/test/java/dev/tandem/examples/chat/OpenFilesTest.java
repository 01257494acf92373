package dev.tandem.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void asManyAsWantedWhereTheLimitAllows() {
    assertThat(OpenFiles.connections(10_000, 20_000, 50)).isEqualTo(10_000);
  }

  @Test
  void fewerWhereTheLimitIsLow() {
    assertThat(OpenFiles.connections(10_000, 1_024, 50)).isEqualTo(874);
  }

  @Test
  void oneWhereThereIsNoRoomAtAll() {
    assertThat(OpenFiles.connections(10_000, 64, 50)).isEqualTo(1);
  }
}
