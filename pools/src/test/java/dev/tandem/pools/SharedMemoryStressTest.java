package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.SerializableCallable;
import dev.tandem.testing.StressRounds;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two processes race on the same words, and keep a ledger of what each has seen: no update is
/// lost, none is seen twice, and the order that volatile, acquire and release accesses promise to
/// threads holds between processes.
@Timeout(600)
class SharedMemoryStressTest {
  private static final int PARTS = 3;
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void eachTicketIsDrawnOnce() {
    int tickets = 20_000;
    ProcessPool pool = probe.open(2, cf -> cf.withPrefetch(0));
    StressRounds.play(
        "tickets between processes",
        PARTS,
        _ -> {
          try (SharedLongArray cells = pool.newLongArray(tickets + 2);
              SharedLong sum = pool.newLong(0)) {
            List<Long> drawn = both(pool, () -> draw(cells, sum, 1), () -> draw(cells, sum, 2));
            long[] found = new long[3];
            for (int i = 2; i < tickets + 2; i++) {
              found[(int) cells.get(i)]++;
            }
            assertThat(found)
                .as("tickets of nobody, of each")
                .containsExactly(0, drawn.getFirst(), drawn.getLast());
            assertThat(sum.get()).isEqualTo(tickets);
          }
        });
  }

  /// {@return how many tickets this process has drawn} Cell 0 is where both meet, cell 1 the next
  /// ticket, and each further cell says who has the ticket.
  private static long draw(SharedLongArray cells, SharedLong sum, long who) {
    meet(cells, 0, 1);
    long drawn = 0;
    for (int next = (int) cells.getAndAdd(1, 1) + 2;
        next < cells.length();
        next = (int) cells.getAndAdd(1, 1) + 2) {
      if (!cells.compareAndSet(next, 0, who)) {
        throw new AssertionError("cell " + next + " is of " + cells.get(next) + ", not free");
      }
      long before = sum.get();
      while (!sum.compareAndSet(before, before + 1)) {
        before = sum.get();
      }
      drawn++;
    }
    return drawn;
  }

  @Test
  void oneOfTwoThatSetTheirFlagsSeesTheOthers() {
    int rounds = 4_000;
    ProcessPool pool = probe.open(2, cf -> cf.withPrefetch(0));
    StressRounds.play(
        "flags between processes",
        PARTS,
        _ -> {
          try (SharedLongArray flags = pool.newLongArray(2 * rounds + 1);
              SharedLongArray seen = pool.newLongArray(2 * rounds)) {
            both(pool, () -> setFlags(flags, seen, 0), () -> setFlags(flags, seen, 1));
            for (int i = 0; i < 2 * rounds; i += 2) {
              assertThat(seen.get(i) + seen.get(i + 1))
                  .as("flags seen in round %d", i / 2)
                  .isPositive();
            }
          }
        });
  }

  private static long setFlags(SharedLongArray flags, SharedLongArray seen, int own) {
    int last = flags.length() - 1;
    for (int i = 0; i < last; i += 2) {
      meet(flags, last, i / 2 + 1);
      flags.set(i + own, 1);
      seen.set(i + own, flags.get(i + 1 - own));
    }
    return 0;
  }

  @Test
  void whatWasWrittenBeforeAReleaseIsReadAfterTheAcquire() {
    int messages = 5_000;
    ProcessPool pool = probe.open(2, cf -> cf.withPrefetch(0));
    StressRounds.play(
        "messages between processes",
        PARTS,
        _ -> {
          try (SharedSegment segment = pool.newSegment(4096)) {
            both(pool, () -> write(segment, messages), () -> read(segment, messages));
          }
        });
  }

  /// Writes messages with plain accesses: word 0 is the number of the last one that was written,
  /// word 64 of the last one that was read, and from word 128 on is the message.
  private static long write(SharedSegment segment, int messages) {
    MemorySegment memory = segment.memory();
    for (long i = 1; i <= messages; i++) {
      for (int at = 1024; at < 2048; at += 8) {
        memory.set(ValueLayout.JAVA_LONG, at, i * at);
      }
      LONG.setRelease(memory, 0L, i);
      Patience patience = new Patience();
      while ((long) LONG.getAcquire(memory, 512L) != i) {
        patience.spin();
      }
    }
    return 0;
  }

  private static long read(SharedSegment segment, int messages) {
    MemorySegment memory = segment.memory();
    for (long i = 1; i <= messages; i++) {
      Patience patience = new Patience();
      while ((long) LONG.getAcquire(memory, 0L) != i) {
        patience.spin();
      }
      for (int at = 1024; at < 2048; at += 8) {
        long word = memory.get(ValueLayout.JAVA_LONG, at);
        if (word != i * at) {
          throw new AssertionError("word " + at + " of message " + i + " is " + word);
        }
      }
      LONG.setRelease(memory, 512L, i);
    }
    return 0;
  }

  /// Waits for the other process.
  private static void meet(SharedLongArray cells, int at, long time) {
    cells.getAndAdd(at, 1);
    Patience patience = new Patience();
    while (cells.get(at) < 2 * time) {
      patience.spin();
    }
  }

  /// How long a process waits for the other one.
  private static final class Patience {
    private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    private int spins;

    void spin() {
      if (++spins % 100 != 0) {
        Thread.onSpinWait();
      } else if (System.nanoTime() < end) {
        Thread.yield(); // the other one may need this processor
      } else {
        throw new AssertionError("the other process does not come");
      }
    }
  }

  private List<Long> both(
      ProcessPool pool, SerializableCallable<Long> one, SerializableCallable<Long> other)
      throws Exception {
    List<Future<Long>> futures = new ArrayList<>();
    futures.add(probe.watch(pool.submit(one)));
    futures.add(probe.watch(pool.submit(other)));
    List<Long> results = new ArrayList<>();
    for (Future<Long> each : futures) {
      results.add(each.get(60, TimeUnit.SECONDS));
    }
    return results;
  }
}
