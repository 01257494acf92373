package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import dev.tandem.queues.Channel;
import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import java.time.Duration;

/// Prints how many microseconds pass until a message has gone to a worker through one channel and
/// has come back through another: while both sides do nothing else, and when each has waited for a
/// millisecond, and so sleeps.
public final class RoundTrips {
  private static final Duration WARM_UP = Duration.ofMillis(2_000);
  private static final int TRIPS = 100_000;
  private static final int PARKED_TRIPS = 500;
  private static final Duration PAUSE = Duration.ofMillis(1);

  private RoundTrips() {}

  public static void main(String[] args) throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      new Figures().add("busy", busy(pool)).add("parked", parked(pool)).print();
    }
  }

  private static double busy(ProcessPool pool) throws Exception {
    Channel<byte[]> there = pool.newChannel(1);
    Channel<byte[]> back = pool.newChannel(1);
    var echo = pool.submit(() -> echo(there, back));
    Rounds.median(WARM_UP, 1, () -> trip(there, back));
    double median = Rounds.median(TRIPS, () -> trip(there, back));
    there.close();
    echo.get();
    return median;
  }

  private static void echo(Source<byte[]> there, Sink<byte[]> back) throws InterruptedException {
    for (byte[] message : there) {
      back.put(message);
    }
  }

  private static double trip(Sink<byte[]> there, Source<byte[]> back) throws InterruptedException {
    byte[] message = new byte[Traffic.MESSAGE_BYTES];
    long begin = System.nanoTime();
    there.put(message);
    back.take();
    return (System.nanoTime() - begin) / 1e3;
  }

  /// Comes after [#busy], which has the channels compiled.
  private static double parked(ProcessPool pool) throws Exception {
    Channel<byte[]> there = pool.newChannel(1);
    Channel<Long> back = pool.newChannel(1);
    var echo = pool.submit(() -> lateEcho(there, back));
    double median = Rounds.median(PARKED_TRIPS, () -> parkedTrip(there, back));
    there.close();
    echo.get();
    return median;
  }

  /// Answers, when the other side has begun to wait, with how long it took to.
  private static void lateEcho(Source<byte[]> there, Sink<Long> back) throws InterruptedException {
    for (byte[] _ : there) {
      long begin = System.nanoTime();
      Thread.sleep(PAUSE);
      back.put(System.nanoTime() - begin);
    }
  }

  private static double parkedTrip(Sink<byte[]> there, Source<Long> back)
      throws InterruptedException {
    byte[] message = new byte[Traffic.MESSAGE_BYTES];
    Thread.sleep(PAUSE);
    long begin = System.nanoTime();
    there.put(message);
    long away = back.take();
    return (System.nanoTime() - begin - away) / 1e3;
  }
}
