package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.examples.Powers.Power;
import java.util.List;
import org.junit.jupiter.api.Test;

class PowersTest {
  private static final List<Integer> NUMBERS = List.of(1, 2, 3, 4, 5);

  @Test
  void everyCallOfPythonsPoolWorksInProcesses() throws Exception {
    try (var pool = Tandem.newProcessPool(2)) {
      everyCallOfPythonsPoolWorks(pool);
    }
  }

  @Test
  void everyCallOfPythonsPoolWorksOnThreads() throws Exception {
    try (var pool = Tandem.newThreadPool(2)) {
      everyCallOfPythonsPoolWorks(pool);
    }
  }

  private static void everyCallOfPythonsPoolWorks(TaskExecutor pool) throws Exception {
    List<Long> squares = Powers.sequential(NUMBERS);
    assertThat(squares).containsExactly(1L, 4L, 9L, 16L, 25L);
    assertThat(Powers.map(pool, NUMBERS)).isEqualTo(squares);
    assertThat(Powers.mapAsync(pool, NUMBERS).get()).isEqualTo(squares);
    assertThat(Powers.starmap(pool, List.of(new Power(2, 3), new Power(3, 2))))
        .containsExactly(8L, 9L);
    assertThat(Powers.imap(pool, NUMBERS, 3)).containsExactly(1L, 4L, 9L);
    assertThat(Powers.imapUnordered(pool, NUMBERS)).containsExactlyInAnyOrderElementsOf(squares);
    assertThat(Powers.apply(pool, 7)).isEqualTo(49);
    assertThat(Powers.applyAsync(pool, 8).get()).isEqualTo(64);
  }
}
