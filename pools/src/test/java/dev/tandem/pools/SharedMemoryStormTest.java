package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Workers are killed at random while their tasks open, read and write shared memory, for five
/// seconds; `-Dtandem.storm.seconds=60` for longer. The ledger of the tasks is shared memory, too:
/// what a task has noted is there, whatever becomes of its worker.
class SharedMemoryStormTest {
  private static final long SECONDS = Long.getLong("tandem.storm.seconds", 5);
  private static final int MOST_TASKS = 1 << 17;
  private static final int STEPS = 100;
  private static final int RECORD = 64;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  @Timeout(300)
  void whatTasksHadWrittenIsThereAndNothingElseIs() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    ProcessPool pool = probe.open(2, cf -> cf.withSpares(1));
    SharedLongArray begun = pool.newLongArray(MOST_TASKS);
    SharedLongArray ended = pool.newLongArray(MOST_TASKS);
    SharedLongArray counted = pool.newLongArray(MOST_TASKS);
    SharedLong sum = pool.newLong(0);
    SharedLong swapped = pool.newLong(0);
    SharedLong steps = pool.newLong(0);
    Notes notes = new Notes(begun, ended, counted, sum, swapped, steps);
    SharedSegment records = pool.newSegment((long) MOST_TASKS * RECORD);
    List<Future<Long>> futures = new ArrayList<>();
    Semaphore room = new Semaphore(200);
    WorkerKiller killer = new WorkerKiller(pool, steps, seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      while ((System.nanoTime() < end || killer.kills() < SECONDS) // a busy machine kills slowly
          && futures.size() < MOST_TASKS) {
        assertThat(room.tryAcquire(20, TimeUnit.SECONDS)).as("it goes on, seed %d", seed).isTrue();
        int id = futures.size();
        SharedSegment own = pool.newSegment(1 << 16); // opened, and closed, again and again
        SharedSegment record = records.slice((long) id * RECORD, RECORD);
        var future = pool.submit(() -> task(id, notes, record, own));
        future.addListener(
            () -> {
              own.close();
              room.release();
            },
            Runnable::run);
        futures.add(future);
      }
    } finally {
      killer.end();
    }
    int succeeded = 0;
    long least = 0;
    long most = 0;
    for (int id = 0; id < futures.size(); id++) {
      boolean done = succeeded(futures.get(id), id);
      succeeded += done ? 1 : 0;
      assertThat(begun.get(id)).as("task %d began, seed %d", id, seed).isBetween(done ? 1L : 0, 1L);
      assertThat(ended.get(id))
          .as("task %d ended, seed %d", id, seed)
          .isBetween(done ? 1L : 0, begun.get(id));
      least += counted.get(id);
      most += counted.get(id) + (begun.get(id) - ended.get(id)); // killed between two notes
      if (ended.get(id) == 1) {
        assertThat(counted.get(id)).as("task %d, seed %d", id, seed).isEqualTo(STEPS);
      }
      if (ended.get(id) == 1) {
        assertRecord(records.slice((long) id * RECORD, RECORD).memory(), id);
      }
    }
    System.out.printf(
        "shared memory: %d kills, %d of %d tasks, seed %d%n",
        killer.kills(), succeeded, futures.size(), seed);
    assertThat(sum.get()).as("sum, seed %d", seed).isBetween(least, most);
    assertThat(swapped.get()).as("swapped, seed %d", seed).isBetween(least, most);
    assertThat(futures.size() - succeeded).as("crashed").isLessThanOrEqualTo(killer.kills());
  }

  /// What the tasks note.
  ///
  /// @param begun whether each task has begun
  /// @param ended whether it has ended
  /// @param counted how often it has raised both numbers
  /// @param sum the sum of what all have counted, raised by one step
  /// @param swapped the same, raised by compare-and-set
  /// @param steps how many operations they have done
  record Notes(
      SharedLongArray begun,
      SharedLongArray ended,
      SharedLongArray counted,
      SharedLong sum,
      SharedLong swapped,
      SharedLong steps) {
    void count(int id, int until) {
      sum.getAndAdd(1);
      long before;
      do {
        before = swapped.get();
      } while (!swapped.compareAndSet(before, before + 1));
      counted.set(id, until);
      steps.getAndAdd(1);
    }
  }

  private static long task(int id, Notes notes, SharedSegment record, SharedSegment own) {
    notes.begun.getAndAdd(id, 1);
    own.memory().fill((byte) id);
    notes.steps.getAndAdd(1);
    for (int i = 0; i < STEPS; i++) {
      notes.count(id, i + 1);
    }
    for (int i = 0; i < RECORD; i += 8) {
      record.slice(i, 8).memory().set(LONG, 0, word(id, i));
      notes.steps.getAndAdd(1);
    }
    notes.ended.getAndAdd(id, 1);
    return own.memory().get(LONG, 4096);
  }

  private static long word(int id, int at) {
    return (id * 31L + at) * 0x9E3779B97F4A7C15L;
  }

  private static void assertRecord(MemorySegment memory, int id) {
    for (int i = 0; i < RECORD; i += 8) {
      assertThat(memory.get(LONG, i)).as("record %d", id).isEqualTo(word(id, i));
    }
  }

  private static boolean succeeded(Future<Long> future, int id) throws Exception {
    try {
      long expected = (id & 0xffL) * 0x0101010101010101L;
      assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(expected);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(WorkerCrashedException.class);
      return false;
    }
  }
}
