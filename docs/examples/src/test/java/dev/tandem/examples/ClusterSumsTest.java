package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.cluster.Nodes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("cluster")
class ClusterSumsTest {
  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES) // it waits for two JVMs to start
  void aKilledNodeCostsNoSum() throws Exception {
    List<Long> limits = SumOfSquares.limits(8, 200_000_000);
    try (var nodes = Nodes.start(2)) {
      assertThat(ClusterSums.oneNodeKilled(nodes, limits))
          .isEqualTo(limits.stream().map(SumOfSquares::formula).toList());
    }
  }
}
