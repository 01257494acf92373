package dev.tandem;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A pool of one thread whose bounded queue is full: one task runs, one waits. Closed after the
/// test.
final class FullQueue implements AfterEachCallback {
  final HeldTask running = new HeldTask();
  final HeldTask queued = new HeldTask();
  private @Nullable TaskExecutor pool;

  /// Opens the pool.
  TaskExecutor open(Saturation whenFull) throws InterruptedException {
    TaskExecutor opened = openWithRoom(whenFull);
    var _ = opened.submit(queued);
    return opened;
  }

  /// Opens the pool without the task that waits.
  TaskExecutor openWithRoom(Saturation whenFull) throws InterruptedException {
    TaskExecutor opened =
        Tandem.newThreadPool(1, cf -> cf.withName("errands").withQueue(1, whenFull));
    pool = opened;
    var _ = opened.submit(running);
    running.awaitStarted();
    return opened;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    running.release();
    queued.release();
    if (pool != null) {
      pool.close();
    }
  }
}
