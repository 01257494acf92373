package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.launch.AotTraining;
import dev.tandem.pools.internal.launch.Launcher;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has an AOT cache made for workers to start from, once, if the pool wants one and there is none:
/// by a worker that only starts, warms up and leaves, the trainee. Thread: supervisor.
final class AotTrainer {
  private static final Logger log = LoggerFactory.getLogger(AotTrainer.class);

  private final String pool;
  private final Launcher launcher;
  private final BooleanSupplier poolHasEnded;
  private boolean tried;
  private @Nullable AotTraining training;

  AotTrainer(String pool, Launcher launcher, BooleanSupplier poolHasEnded) {
    this.poolHasEnded = poolHasEnded;
    this.pool = pool;
    this.launcher = launcher;
    String obstacle = launcher.aotObstacle();
    if (obstacle != null) {
      log.warn("{} has no AOT cache: {}", pool, obstacle);
    }
  }

  /// {@return whether a trainee should be started now} True at most once.
  boolean wantsTrainee() {
    if (tried || !launcher.needsTraining()) {
      return false;
    }
    tried = true;
    return true;
  }

  /// Starts the trainee.
  ///
  /// @return its process; null if another pool is making the cache
  @Nullable Process start(int number, String... arguments) throws IOException {
    AotTraining started = launcher.train(number, arguments);
    training = started;
    return started == null ? null : started.process;
  }

  /// Ends the recording; the trainee is gone.
  void finish() {
    AotTraining finished = training;
    if (finished != null) {
      training = null;
      TaskTimer.handOver(() -> finish(finished));
    }
  }

  private void finish(AotTraining finished) {
    try (finished) {
      finished.finish();
      log.debug("{}: new workers start from an AOT cache", pool);
    } catch (IOException e) {
      if (poolHasEnded.getAsBoolean()) {
        log.debug("{} has ended before there was an AOT cache", pool);
      } else {
        log.warn("{} has no AOT cache: {}", pool, e.getMessage());
      }
    } catch (InterruptedException e) {
      log.debug("{}: the making of an AOT cache was interrupted", pool);
    }
  }
}
