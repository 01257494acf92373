package dev.tandem;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.pools.Mark;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.Work;
import java.nio.file.Path;
import java.util.concurrent.Future;

/// For tests whose bodies talk to the test through files, and so run in every executor alike.
interface PortableFixture extends GraceFixture {
  /// {@return a directory of this test}
  Path directory();

  /// {@return a new executor that runs up to two tasks at once}
  default TaskExecutor open(TaskListener... listeners) {
    return create(cf -> {
      ThreadConfig listening = cf;
      for (TaskListener listener : listeners) {
        listening = listening.withListener(listener);
      }
      return listening;
    });
  }

  /// {@return a new executor that runs one task at a time and waits long for what it stops}
  default TaskExecutor openSingle() {
    return createSingle(cf -> cf.withGrace(AMPLE));
  }

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
