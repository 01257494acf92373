package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.channel.Quota;
import dev.tandem.pools.internal.channel.QuotaUser;
import dev.tandem.pools.internal.channel.Quotas;
import dev.tandem.testing.StressRounds;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Another process uses what this one gives and takes back, through a file that both have mapped,
/// and is killed at a random moment, or sees the end of both lanes. Each element that was given has
/// been used or taken back, and the notes of the other process agree; what it has put before the
/// end is there, whole and in order, and nothing after it.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class QuotaKillStressTest {
  private static final int PARTS = 4; // 2 s by default

  @TempDir Path directory;

  @Test
  void everyStepIsUsedOrTakenBackWhenItsUserIsKilled() {
    AtomicInteger rounds = new AtomicInteger();
    StressRounds.play("quota and kills", PARTS, random -> play(random, rounds.getAndIncrement()));
  }

  private void play(Random random, int round) throws Exception {
    Path file = directory.resolve("lanes-" + round);
    try (Arena arena = Arena.ofConfined()) {
      Round lanes = new Round(QuotaUser.map(file, arena), random);
      try (ChildJvm child = ChildJvm.Start.PLAIN.run(QuotaUser.class, file.toString())) {
        lanes.play(child, random.nextInt(4) > 0);
      }
    } finally {
      Files.delete(file);
    }
  }

  /// The giver of both lanes.
  private static final class Round {
    private final QuotaUser lanes;
    private final Quota elements;
    private final Quota places;
    private final Random random;
    private final long[] given = new long[QuotaUser.PLACES]; // the elements, by their steps
    private final int first;
    private final int room; // how many steps may be on their way

    private long count; // of elements given
    private long takenBack;
    private int limit; // of elements
    private int noted; // up to which step the notes were read

    private int freed; // places given, less those taken back
    private int read; // up to which step the numbers were read

    Round(QuotaUser lanes, Random random) {
      int[] starts = {random.nextInt(), Integer.MAX_VALUE - 1_000, -1_000};
      this.lanes = lanes;
      this.elements = lanes.elements;
      this.places = lanes.places;
      this.random = random;
      this.first = starts[random.nextInt(3)];
      this.room = random.nextBoolean() ? QuotaUser.PLACES : 1 + random.nextInt(4);
      this.limit = first;
      this.noted = first;
      this.freed = first;
      this.read = first;
      lanes.start(first, Quotas.LAST_EPOCH - random.nextInt(1_000));
    }

    void play(ChildJvm child, boolean killed) throws Exception {
      child.told("mapped");
      long start = System.nanoTime();
      long end = random.nextInt(50_000_000);
      while (System.nanoTime() - start < end) {
        step();
      }
      if (killed) {
        child.kill();
        while (Workers.isAlive(child.pid())) {
          step(); // it may be in the middle of the other side of this
        }
      }
      takeElementsBack(random.nextBoolean() || killed ? 0 : Integer.MAX_VALUE);
      elements.close();
      takePlacesBack(0);
      places.close();
      int published = places.used();
      if (!killed) {
        assertThat(child.exitCode()).isZero();
      }
      readNotes();
      readNumbers();
      check(killed);
      assertThat(places.used()).as("published after the close").isEqualTo(published);
    }

    private void step() {
      switch (random.nextInt(6)) {
        case 0 -> giveElements(1 + random.nextInt(3));
        case 1 -> takeElementsBack(random.nextInt(3));
        case 2 -> givePlaces(1 + random.nextInt(3));
        case 3 -> takePlacesBack(random.nextInt(3));
        case 4 -> readNotes();
        default -> readNumbers();
      }
    }

    private void giveElements(int most) {
      for (int i = 0; i < most && limit - noted < room; i++) {
        given[limit & (QuotaUser.PLACES - 1)] = count;
        lanes.setElement(limit++, count++);
        elements.give(1);
      }
    }

    private void takeElementsBack(int kept) {
      int taken = elements.takeBack(kept);
      limit -= taken;
      takenBack += taken;
    }

    private void givePlaces(int most) {
      int more = Math.min(most, room - (freed - read));
      freed += more;
      places.give(more);
    }

    private void takePlacesBack(int kept) {
      freed -= places.takeBack(kept);
    }

    /// Elements that were taken back, or given in another place, must not be in the notes.
    private void readNotes() {
      for (; lanes.isDone(noted); noted++) {
        assertThat(elements.used() - noted).as("steps used").isPositive();
        assertThat(lanes.done(noted))
            .as("element of step %d", noted)
            .isEqualTo(given[noted & (QuotaUser.PLACES - 1)]);
      }
    }

    private void readNumbers() {
      for (; read != places.used(); read++) {
        assertThat(lanes.number(read))
            .as("number in step %d", read)
            .isEqualTo(Integer.toUnsignedLong(read - first));
      }
    }

    private void check(boolean killed) {
      int used = elements.used();
      assertThat(limit).as("limit of what was used").isEqualTo(used);
      assertThat(Integer.toUnsignedLong(used - first) + takenBack).isEqualTo(count);
      assertThat(elements.left()).isZero();
      assertThat(places.left()).isZero();
      assertThat(freed).isEqualTo(places.used()).isEqualTo(read);
      if (killed && noted != used) { // between its step and the note of it
        assertThat(noted).isEqualTo(used - 1);
        assertThat(lanes.about()).isEqualTo(used - 1);
      } else {
        assertThat(noted).isEqualTo(used);
        assertThat(lanes.about()).isBetween(used - 1, used);
      }
    }
  }
}
