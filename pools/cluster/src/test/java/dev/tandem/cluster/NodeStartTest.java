package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A node that cannot be a member.
class NodeStartTest {
  @Test
  void withProcessesItEndsWhenItsPortIsTaken() throws Exception {
    String[] cluster = {"--cluster", "test-" + UUID.randomUUID(), "--join", ""};
    try (MemberJvm first = run(cluster, "--port", "0")) {
      String port = first.address().replaceFirst(".*:", "");
      try (MemberJvm second = run(cluster, "--port", port, "--processes", "1")) {
        assertThat(second.exitCode()).as("exit code, having said %s", second.lines()).isEqualTo(1);
        assertThat(second.lines()).anyMatch(line -> line.contains("already in use"));
      }
    }
  }

  private static MemberJvm run(String[] cluster, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(cluster));
    all.addAll(List.of(arguments));
    return MemberJvm.Start.PLAIN.run(all);
  }
}
