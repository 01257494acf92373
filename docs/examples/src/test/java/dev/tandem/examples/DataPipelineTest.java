package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DataPipelineTest {
  @Test
  void everyReadingIsSquaredOnce() throws Exception {
    assertThat(DataPipeline.concurrent(40))
        .isEqualTo(DataPipeline.expected(40))
        .isEqualTo(DataPipeline.sequential(40));
  }

  @Test
  void anInterruptStopsProducersAndConsumers() throws Exception {
    Thread owner =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              try {
                DataPipeline.concurrent(1_000_000); // hours of work
              } catch (Exception e) {
                // ended
              }
            });
    assertThat(owner.join(Duration.ofSeconds(20))).isTrue();
  }
}
