package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProducerConsumersTest {
  @Test
  void everyKindOfConsumerShipsEveryOrderOnce() throws Exception {
    List<String> shipped = ProducerConsumers.sequential(50);
    assertThat(shipped).hasSize(50).startsWith("order 0 shipped").doesNotHaveDuplicates();
    assertThat(ProducerConsumers.threads(50)).isEqualTo(shipped);
    assertThat(ProducerConsumers.virtualThreads(50)).isEqualTo(shipped);
    assertThat(ProducerConsumers.processes(50)).isEqualTo(shipped);
  }
}
