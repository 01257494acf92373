package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class OldHabitsProgramTest {
  @Test
  void whatPeopleWriteWithoutTheGuideWorks() throws Exception {
    List<Callable<String>> tasks = List.of(() -> "one", () -> "two");
    try (var out = new Printed()) {
      P23OldHabits.run(tasks);
      assertThat(out.lines()).containsExactly("one", "two", "[{}, {}]{}");
    }
  }
}
