package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.launch.AotTraining;
import dev.tandem.pools.internal.launch.Launcher;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the AOT cache of a pool in the background, once its own workers are there: records one
/// more, which is not the pool's, while it does what workers do at first.
final class AotTrainer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AotTrainer.class);
  private static final Duration END = Duration.ofSeconds(5);

  private final Launcher launcher;
  private final FleetSettings settings;
  private final PoolDirectory directory;
  private volatile boolean closed;
  private @Nullable Thread thread; // the supervisor's

  AotTrainer(Launcher launcher, FleetSettings settings, PoolDirectory directory) {
    this.launcher = launcher;
    this.settings = settings;
    this.directory = directory;
    String obstacle = launcher.aotObstacle();
    if (obstacle != null) {
      log.warn("{} has no AOT cache: {}", settings.name(), obstacle);
    }
  }

  /// A worker is ready: now is the time, if a cache is missing. Does so once.
  void begin() {
    if (thread == null && launcher.needsTraining()) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .name(settings.name() + "-aot")
              .inheritInheritableThreadLocals(false)
              .start(this::train);
    }
  }

  private void train() {
    try (Rehearsal rehearsal = new Rehearsal(directory, settings);
        // from this thread, which outlives the recorded process
        AotTraining started = launcher.train(0, rehearsal.workerArguments())) {
      if (started == null) {
        log.debug("{}: somebody else makes the AOT cache", settings.name());
        return;
      }
      rehearsal.run(started.process());
      started.finish();
      log.info("{} has made the AOT cache {}", settings.name(), settings.launch().aotCache());
    } catch (IOException | DecodingException | InterruptedException | RuntimeException e) {
      if (!closed) {
        log.warn("{} could not make its AOT cache", settings.name(), e);
      }
    }
  }

  /// Gives up what is not done.
  @Override
  public void close() {
    closed = true;
    Thread t = thread;
    if (t != null) {
      t.interrupt();
      try {
        t.join(END);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
