package dev.tandem.pools;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;

/// What the portable contracts need: an executor, of whatever kind, and a place for marks.
interface PortableFixture {
  /// How long a body may take to stop: a slow machine has to have time for it.
  Duration GRACE = Duration.ofSeconds(20);

  /// {@return a new executor that runs up to two tasks at once}
  TaskExecutor open(TaskListener... listeners);

  /// {@return a new executor that runs one task at a time, with the grace above}
  TaskExecutor openSingle();

  /// {@return a directory of this test}
  Path directory();

  default Mark mark(String name) {
    return Mark.in(directory(), name);
  }

  /// {@return a task that runs, until it is released or stopped}
  default Future<Long> running(TaskExecutor executor, Mark release) throws InterruptedException {
    Mark started = mark("started");
    Future<Long> task = executor.submit(() -> Work.hold(started, release));
    started.await();
    return task;
  }
}
