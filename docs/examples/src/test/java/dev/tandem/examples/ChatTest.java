package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.chat.Crowd;
import org.junit.jupiter.api.Test;

class ChatTest {
  @Test
  void everybodyIsThereAtOnceAndGetsAnAnswer() throws Exception {
    try (var crowd = Crowd.start()) {
      assertThat(Chat.allAtOnce(crowd, 300)).isEqualTo(300);
    }
  }

  @Test
  void oneAtATimeEverybodyGetsAnAnswerToo() throws Exception {
    try (var crowd = Crowd.start()) {
      assertThat(Chat.oneAtATime(crowd, 50)).isEqualTo(50);
    }
  }
}
