package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedsTest {
  @Test
  void everyLineOfEveryFeedIsLoggedOnce() throws Exception {
    assertThat(Feeds.concurrent(20)).isEqualTo(Feeds.expected(20)).isEqualTo(Feeds.sequential(20));
  }

  @Test
  void anInterruptStopsAllFeeds() throws Exception {
    Thread owner =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              try {
                Feeds.concurrent(1_000_000); // hours of work
              } catch (Exception e) {
                // ended
              }
            });
    assertThat(owner.join(Duration.ofSeconds(20))).isTrue();
  }
}
