package dev.tandem.pools.internal.process;

import dev.tandem.core.internal.TaskTimer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that decides about workers, one thing after the other. It also spawns them: the
/// kernel kills a worker when the thread that spawned it is gone ([Isolation]), so it has to live
/// as long as they do.
///
/// [Isolation]: dev.tandem.pools.internal.worker.Isolation
final class Supervisor implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

  private final BlockingQueue<Runnable> mail = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean ended;

  Supervisor(String name) {
    thread =
        Thread.ofPlatform()
            .name(name + "-supervisor")
            .inheritInheritableThreadLocals(false)
            .unstarted(this);
  }

  void start() {
    thread.start();
  }

  void post(Runnable step) {
    mail.add(step);
  }

  Future<?> postAfter(Duration time, Runnable step) {
    return TaskTimer.after(time, () -> post(step));
  }

  void postAfter(long nanos, Runnable step) {
    var _ = TaskTimer.after(nanos, () -> post(step));
  }

  /// Ends after the current step.
  void end() {
    ended = true;
    mail.add(() -> {});
  }

  @Override
  public void run() {
    while (!ended) {
      try {
        mail.take().run();
      } catch (InterruptedException e) {
        log.debug("The thread of a pool was interrupted", e); // it ends when all workers have
      } catch (Throwable e) {
        log.error("{}: a step has failed", thread.getName(), e);
      }
    }
  }
}
