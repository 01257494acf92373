package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteProgramTest {
  @Test
  void workersReportToAnObjectOfTheParent() throws Exception {
    try (var out = new Printed()) {
      P13Remote.run(List.of("a.txt", "b.txt", "c.txt"));

      assertThat(out.lines().stream().filter(line -> line.startsWith("done")))
          .containsExactlyInAnyOrder("done a.txt", "done b.txt", "done c.txt");
    }
  }
}
