package dev.tandem.pools;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import java.nio.file.Path;

/// What the portable contracts need: an executor, of whatever kind, and a place for marks.
interface PortableFixture {
  /// {@return a new executor that runs up to two tasks at once}
  TaskExecutor open(TaskListener... listeners);

  /// {@return a new executor that runs one task at a time}
  TaskExecutor openSingle();

  /// {@return a directory of this test}
  Path directory();

  default Mark mark(String name) {
    return Mark.in(directory(), name);
  }
}
