package dev.tandem.pools.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.StressRounds;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A lane of few places in one JVM: one thread gives elements, takes some back and gives others in
/// their places, until it closes; up to three use them, under a lock. Each element is used once or
/// taken back once, and the elements are used in order. Some rounds go quiet again and again: all
/// is used up before anything else is given.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class QuotaStressTest {
  private static final int PARTS = 4; // 2 s by default
  private static final int ELEMENTS = 1_000;

  @Test
  void everyElementIsUsedOnceOrTakenBackOnce() {
    StressRounds.play("quota", PARTS, random -> new Lane(random).play());
  }

  private static final class Lane {
    private static final int PLACES = 4; // a power of 2
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Random random;
    private final int first;
    private final Quota giver;
    private final Quota user;
    private final int[] places = new int[PLACES]; // plain: published by the quota
    private volatile boolean over;

    // the giver's
    private final List<Integer> takenBack = new ArrayList<>();
    private int given;
    private int limit;

    // the users', under their lock
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Integer> used = new ArrayList<>();
    private volatile int read; // up to where the places can be given again

    Lane(Random random) {
      this.random = random;
      int[] starts = {random.nextInt(), Integer.MAX_VALUE - 100, -100};
      this.first = starts[random.nextInt(3)];
      this.limit = first;
      this.read = first;
      MemorySegment memory = Quotas.memory(first, Quotas.LAST_EPOCH - random.nextInt(200));
      this.giver = new Quota(memory);
      this.user = new Quota(memory);
    }

    void play() throws InterruptedException {
      List<Thread> users = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        users.add(Thread.ofPlatform().name("user-" + i).start(this::useAll));
      }
      try {
        boolean quiet = random.nextInt(3) == 0;
        while (given < ELEMENTS) {
          giveOrTakeBack();
          if (quiet) {
            await(() -> giver.left() == 0);
          }
        }
        end();
        for (Thread each : users) { // which see the end
          assertThat(each.join(PATIENCE)).as("%s has ended", each.getName()).isTrue();
        }
      } finally {
        over = true;
      }
      check();
    }

    private void giveOrTakeBack() {
      if (random.nextInt(3) == 0) {
        takeBack(random.nextInt(3));
        return;
      }
      int free = PLACES - (limit - read);
      int count = free == 0 ? 0 : 1 + random.nextInt(free);
      for (int i = 0; i < count; i++) {
        places[limit++ & (PLACES - 1)] = given++;
      }
      giver.give(count);
    }

    private void takeBack(int kept) {
      for (int count = giver.takeBack(kept); count > 0; count--) {
        takenBack.add(places[--limit & (PLACES - 1)]);
      }
    }

    private void end() {
      if (random.nextBoolean()) { // exactly: what is used by now, and no more
        takeBack(0);
        giver.close();
      } else {
        giver.close();
        if (random.nextBoolean()) {
          takeBack(random.nextInt(2));
        }
        await(() -> giver.left() == 0);
      }
      assertThat(giver.used()).isEqualTo(limit);
    }

    private void await(BooleanSupplier condition) {
      long start = System.nanoTime();
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime() - start)
            .as("nanoseconds of waiting")
            .isLessThan(PATIENCE.toNanos());
        Thread.yield();
      }
    }

    private void useAll() {
      int result = Quota.NONE;
      while (result != Quota.CLOSED && !over) {
        lock.lock();
        try {
          int at = user.used();
          result = user.use();
          if (result == Quota.USED) {
            used.add(places[at & (PLACES - 1)]);
            read = at + 1;
          }
        } finally {
          lock.unlock();
        }
        if (result == Quota.NONE) {
          Thread.yield();
        }
      }
    }

    private void check() {
      assertThat(giver.used()).as("used").isEqualTo(first + used.size());
      assertThat(used).as("used, in order").isSorted();
      List<Integer> all = new ArrayList<>(used);
      all.addAll(takenBack);
      all.sort(null);
      assertThat(all).isEqualTo(IntStream.range(0, given).boxed().toList());
    }
  }
}
