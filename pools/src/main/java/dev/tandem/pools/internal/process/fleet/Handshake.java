package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.launch.Launcher;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/// Authenticates connections that claim to be workers, and has them read. Thread: the reader of the
/// connection.
final class Handshake {
  private final Fleet fleet;
  private final Launcher launcher;
  private final PoolDirectory directory;
  private final Message initializer;

  /// @param initializer the first thing that a worker runs
  Handshake(Fleet fleet, Launcher launcher, PoolDirectory directory, Message initializer) {
    this.fleet = fleet;
    this.launcher = launcher;
    this.directory = directory;
    this.initializer = initializer;
  }

  /// Authenticates a connection.
  ///
  /// @param number the number of the worker that it claims to be
  /// @param token the secret that only that worker was told
  /// @param clock what `System.nanoTime` shows there
  /// @param fingerprint what the worker's code is
  /// @return the worker; null if it is refused
  @Nullable Worker identify(int number, byte[] token, long clock, String fingerprint) {
    Worker worker = fleet.worker(number);
    WorkerProcess process = worker == null ? null : worker.process();
    if (worker == null || process == null || !process.takeToken(token)) {
      return null;
    }
    String difference = launcher.difference(fingerprint);
    if (difference != null) {
      refuse(worker, difference);
      return null;
    }
    if (!StatusPageFile.takeAway(directory.page(number))) {
      worker.losePage();
      refuse(worker, "its status page %s was truncated".formatted(directory.page(number)));
      return null;
    }
    worker.showedClock(clock);
    return worker;
  }

  private void refuse(Worker worker, String reason) {
    fleet.backoff.because(worker, new PoolStartException(reason, null));
    worker.kill(new WorkerEnd.Kill(Kind.LOST, reason));
  }

  /// Configures a worker, reads its answers until it is gone, and reaps it.
  void connected(Worker worker, ByteChannel channel, FrameInput frames) throws IOException {
    WorkerProcess process = worker.process();
    if (process == null || !process.connected(channel)) {
      return; // it is gone, and reaped
    }
    Throwable broken = null;
    try {
      // inputs of a map that were lost with a worker are encoded again by its reader
      Thread.currentThread().setContextClassLoader(fleet.loader);
      SendStream stream = new SendStream(channel, fleet.encoder(), fleet.applicationCode);
      worker.connected(stream);
      fleet.supervisor.lookAround(); // the next may start
      FleetOptions options = fleet.options;
      stream.configure(options.limits().message(), options.code().allowed());
      if (fleet.sizer.isComplete()) {
        stream.send(Frame.WARM_UP); // a spare: it is there when it is needed
      }
      stream.add(initializer, 0);
      stream.flush();
      Decoder decoder = new Decoder(fleet.filter, fleet.loader);
      broken = new ReplyReader(fleet, worker, decoder, initializer.guest()).read(frames);
    } finally {
      if (!worker.reading.isGivenUp()) {
        fleet.deathWatch.reap(worker, broken);
      }
    }
  }
}
