package dev.tandem.cluster.internal;

import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.pools.internal.codec.Encoder;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A task under way on the only member of a cluster, which the test answers.
final class StressClusterRun {
  /* A wait without end lasts twenty seconds here: jcstress would give up after thirty. */
  private static final long LONG = 20;

  private static final ClusterExecutor executor =
      ClusterTaskExecutor.on(StressCluster.HAZELCAST, cf -> cf.withMaxInFlight(1 << 20));
  private static final Encoder encoder = new Encoder();
  private static final byte[] REPLY = new Reply(encoder, new UUID(4, 4)).result(42);

  private final ClusterRun<?> run = (ClusterRun<?>) (Object) executor.submit(() -> 42);
  private final CompletableFuture<byte[]> sent = StressCluster.sent(run.errand);

  // ---- the actors

  String get() {
    try {
      return String.valueOf(run.get(LONG, TimeUnit.SECONDS));
    } catch (CancellationException _) {
      return "cancelled";
    } catch (TimeoutException _) {
      return "lost wake-up";
    } catch (InterruptedException | ExecutionException e) {
      return e.toString();
    }
  }

  void answer() {
    sent.complete(REPLY);
  }

  void cancel() {
    run.cancel(false);
  }

  // ---- afterwards

  /// {@return whether it still runs, as its member sees it} Another thread may be taking it.
  boolean stillRuns() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG);
    while (run.isRunning() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return run.isRunning();
  }
}
