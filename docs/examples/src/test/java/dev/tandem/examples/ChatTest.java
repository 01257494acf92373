package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChatTest {
  @Test
  void everybodyIsThereAtOnceAndGetsAnAnswer() throws Exception {
    assertThat(Chat.allAtOnce(300)).isEqualTo(300);
  }

  @Test
  void oneAtATimeEverybodyGetsAnAnswerToo() throws Exception {
    assertThat(Chat.oneAtATime(50)).isEqualTo(50);
  }
}
