package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordCountTest {
  @Test
  void everyWordIsCountedOnceAlsoWhereChunksMeet() {
    byte[] text = WordCount.text(400_000); // more than two chunks
    List<Long> progress = new ArrayList<>();
    Map<String, Long> counts = WordCount.processes(text, progress::add);
    assertThat(counts).isEqualTo(WordCount.sequential(text));
    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(400_000);
    assertThat(progress).isSorted().last().isEqualTo((long) text.length);
  }
}
