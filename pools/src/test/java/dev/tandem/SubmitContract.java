package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TaskExecutor;
import org.junit.jupiter.api.Test;

/// `submit` in its forms.
interface SubmitContract extends ExecutorFixture {
  @Test
  default void submittedCallableGivesItsResult() throws Exception {
    TaskExecutor executor = create();
    assertThat(executor.submit(() -> "done").get()).isEqualTo("done");
  }
}
