package dev.tandem.pools.internal.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.pools.RemoteOwnerLostException;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.SteadyChannel;
import dev.tandem.pools.internal.wire.Transport;
import dev.tandem.testing.StressRounds;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Threads call over a real socket, in one JVM, are interrupted at random, and lose the connection
/// at random: each call ends, with its own result, an interrupt, or the end of the connection; none
/// runs twice; and none is in a table afterwards.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class CallClientStressTest {
  private static final int CALLERS = 4;
  private static final int CALLS = 200;

  @TempDir Path directory;

  interface Twice {
    long twice(long value, byte[] more);
  }

  @Test
  void eachCallEndsAndHasItsOwnResult() {
    StressRounds.play("remote calls", 1, this::play);
  }

  private void play(Random random) throws Exception {
    try (Transport transport = Transport.listen(directory.resolve("s"), _ -> {});
        SteadyChannel worker = Transport.connectSteadily(transport.address());
        SteadyChannel pool = transport.accept()) {
      new Calls(worker, pool, random).play();
    }
    var _ = directory.resolve("s").toFile().delete();
  }

  /// Both ends of a connection, and who calls over it.
  private static final class Calls {
    private final Random random;
    private final SteadyChannel pool;
    private final Encoder encoder = new Encoder();
    private final ConcurrentHashMap<Long, AtomicBoolean> seen = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CallClient client;
    private final CallServer server;
    private final Twice twice;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    Calls(SteadyChannel worker, SteadyChannel pool, Random random) throws Exception {
      this.random = random;
      this.pool = pool;
      Encoder own = new Encoder();
      Link link = new Link(worker, own);
      client = new CallClient(() -> link, own, 1 << 20);
      Exports exports = new Exports("call", encoder, UnaryOperator.identity());
      Object exported = exports.export(Twice.class, this::twice);
      Link back = new Link(pool, encoder);
      server = new CallServer(exports, back, decoder(), loader(), 1 << 20, failures::add);
      Output handle = new Output();
      ((RemoteObject) Proxy.getInvocationHandler(exported)).write(encoder, handle);
      Input in = new Input(handle.array(), 0, handle.length());
      twice = (Twice) client.open(RemoteObject.KIND, in, decoder());
      readers.add(Thread.ofPlatform().start(() -> serve(FrameInput.ofWorker(pool, 1 << 20))));
      readers.add(Thread.ofPlatform().start(() -> receive(FrameInput.ofPool(worker))));
    }

    private static ClassLoader loader() {
      return CallClientStressTest.class.getClassLoader();
    }

    private static Decoder decoder() {
      var filter = new TypeFilter(List.of(Twice.class.getName()), loader());
      return new Decoder(filter, loader(), HandleOpener.NONE);
    }

    private long twice(long value, byte[] more) {
      if (!seen.computeIfAbsent(value, _ -> new AtomicBoolean()).compareAndSet(false, true)) {
        failures.add(new AssertionError("called twice: " + value));
      }
      if (value % 5 == 0) {
        LockSupport.parkNanos(value % 1000 * 100);
      }
      return 2 * value + more.length;
    }

    private void serve(FrameInput frames) {
      try {
        while (true) {
          int kind = frames.next();
          if (kind == Frame.CALL) {
            server.begin(frames.input());
          } else if (kind == Frame.CANCEL) {
            server.cancel(frames.input());
          } else {
            throw new AssertionError("kind " + kind);
          }
        }
      } catch (IOException _) {
        // the end
      } catch (Throwable e) {
        failures.add(e);
      }
    }

    private void receive(FrameInput frames) {
      Decoder decoder = decoder();
      try {
        while (true) {
          int kind = frames.next();
          client.reply(frames.input().copy(), kind == Frame.THROW, decoder);
        }
      } catch (Throwable e) {
        if (!(e instanceof IOException)) {
          failures.add(e);
        }
        client.end(e.toString());
      }
    }

    void play() throws Exception {
      boolean interrupts = random.nextBoolean();
      boolean ends = random.nextBoolean();
      for (int i = 0; i < CALLERS; i++) {
        long first = i * 1_000_000L;
        int large = random.nextInt(5) == 0 ? 200_000 : 100;
        threads.add(Thread.ofPlatform().start(() -> call(first, large)));
      }
      for (int i = 0; interrupts && i < 50; i++) {
        threads.get(random.nextInt(CALLERS)).interrupt();
        LockSupport.parkNanos(random.nextInt(1_000_000));
      }
      if (ends) {
        LockSupport.parkNanos(random.nextInt(10_000_000));
        ended.set(true);
        pool.close();
      }
      for (Thread each : threads) {
        assertThat(each.join(Duration.ofSeconds(40))).as("a caller ends").isTrue();
      }
      assertThat(failures).isEmpty();
      assertThat(pending(client, "calls")).isZero();
      pool.close();
      for (Thread each : readers) {
        each.join();
      }
      await().until(() -> pending(server, "running") == 0);
    }

    private static int pending(Object of, String table) throws Exception {
      var field = of.getClass().getDeclaredField(table);
      field.setAccessible(true);
      return ((Map<?, ?>) field.get(of)).size();
    }

    private void call(long first, int large) {
      for (long value = first; value < first + CALLS; value++) {
        byte[] more = new byte[(int) (value % 50 == 0 ? large : value % 7)];
        try {
          long result = twice.twice(value, more);
          if (result != 2 * value + more.length) {
            failures.add(new AssertionError(value + " gave " + result));
          }
        } catch (CancellationException _) {
          var _ = Thread.interrupted();
        } catch (RemoteOwnerLostException e) {
          if (!ended.get()) {
            failures.add(e);
          }
          return;
        } catch (Throwable e) {
          failures.add(e);
          return;
        }
      }
    }
  }
}
