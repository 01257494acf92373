package dev.tandem;

import dev.tandem.core.TaskExecutor;
import java.time.Duration;

/// For tests that expect whoever stops a body to wait for its end.
interface GraceFixture extends ExecutorFixture {
  /// Longer than a busy machine keeps a thread from running.
  Duration AMPLE = Duration.ofSeconds(20);

  /// {@return an executor that waits long for bodies that were told to stop}
  default TaskExecutor createPatient() {
    return create(cf -> cf.withGrace(AMPLE));
  }
}
