package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.TaskGroup.Trip;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGroupTest {
  @Test
  void allThreeAreBooked() throws Exception {
    assertThat(TaskGroup.concurrent())
        .isEqualTo(new Trip("flight booked", "hotel booked", "car booked"))
        .isEqualTo(TaskGroup.sequential());
  }

  @Test
  void oneFailureStopsTheOthersBeforeItIsReported() throws Exception {
    List<String> log = TaskGroup.soldOut();
    assertThat(log).hasSize(3).endsWith("no car left");
    assertThat(log.subList(0, 2)).containsExactlyInAnyOrder("flight undone", "hotel undone");
  }
}
