package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessPipelineTest {
  @Test
  void everyPartIsReadAndRefinedOnce() throws Exception {
    assertThat(ProcessPipeline.processes(3_000)).isEqualTo(ProcessPipeline.sequential(3_000));
  }

  @Test
  void everyQuestionHasItsAnswer() throws Exception {
    List<Integer> questions = IntStream.range(0, 500).boxed().toList();

    assertThat(ProcessPipe.processes(questions)).isEqualTo(ProcessPipe.sequential(questions));
  }
}
