package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Large arguments and large results of remote calls pass between two workers and their pool in
/// both directions at once, while a channel from one to the other rings over the same connections:
/// neither side waits for the other to read.
class LargeCallsBesideChannelsTest {
  private static final int CALLERS = 3;
  private static final int CALLS = 8;
  private static final int SIZE = 2 << 20;
  private static final int MESSAGES = 1_000;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  interface Echo {
    byte[] echo(byte[] bytes);
  }

  @Test
  void allGoOn() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf);
    Echo echo = pool.export(Echo.class, bytes -> bytes);
    Channel<Long> there = pool.newChannel(1);
    Channel<Long> back = pool.newChannel(1);
    Future<Long> asks = pool.submit(() -> besideCalls(echo, () -> ask(there, back)));
    Future<Long> answers = pool.submit(() -> besideCalls(echo, () -> answer(there, back)));

    assertThat(asks.get(60, TimeUnit.SECONDS)).isEqualTo((long) CALLERS * CALLS * SIZE);
    assertThat(answers.get(60, TimeUnit.SECONDS)).isEqualTo((long) CALLERS * CALLS * SIZE);
  }

  private static Void ask(Channel<Long> there, Channel<Long> back) throws InterruptedException {
    for (long i = 0; i < MESSAGES; i++) {
      there.put(i);
      assertThat(back.take()).isEqualTo(i);
    }
    there.close();
    return null;
  }

  private static Void answer(Channel<Long> there, Channel<Long> back) throws InterruptedException {
    for (long value : there) {
      back.put(value);
    }
    return null;
  }

  private static long besideCalls(Echo echo, Callable<Void> body) throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Long>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(threads.submit((Callable<Long>) () -> call(echo)));
      }
      body.call();
      long all = 0;
      for (Future<Long> caller : callers) {
        all += caller.get();
      }
      return all;
    }
  }

  private static long call(Echo echo) {
    long all = 0;
    for (int i = 0; i < CALLS; i++) {
      all += echo.echo(new byte[SIZE]).length;
    }
    return all;
  }
}
