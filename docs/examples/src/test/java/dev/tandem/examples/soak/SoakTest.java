package dev.tandem.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A few seconds of the soak: all right as it is, and not when something is lost or left behind.
@Timeout(180)
class SoakTest {
  private static final long SEED = 42;

  @TempDir private Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void everythingComesOutAndNothingIsLeft() throws Exception {
    Report report = run(Duration.ofSeconds(3), Duration.ofSeconds(20), SoakRun::all);

    assertThat(report.problems()).isEmpty();
    assertThat(report.toString()).startsWith("All right: ").contains("0 children, 0 files");
    assertThat(report.rounds()).isPositive();
    assertThat(printed.toString()).contains("kills cost", "quiet: heap");
  }

  @Test
  void whatIsLostIsReportedWithItsSeed() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    Report report =
        run(
            Duration.ofSeconds(10), // it ends as soon as one is lost
            Duration.ofSeconds(20),
            only(round -> {
              int id = round.account().enter();
              if (rounds.incrementAndGet() != 5) {
                round.account().settle(id, Fate.RESULT);
              }
            }));

    assertThat(report.isRight()).isFalse();
    assertThat(report.toString())
        .startsWith("WRONG")
        .contains("-Dsoak.seed=42", "seeded, round 4", "never came out: 0", "out of balance");
  }

  @Test
  void whatIsLeftBehindIsReported() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Report report =
        run(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            only(_ -> {
              Thread.ofVirtual().name("left-behind").start(() -> await(end));
              LockSupport.parkNanos(50_000_000); // a few are enough
            }));
    end.countDown();

    assertThat(report.problems())
        .anySatisfy(problem -> assertThat(problem).contains("leak", "threads", "left-behind"));
  }

  private Report run(
      Duration duration, Duration patience, BiFunction<House, Path, List<Load>> loads)
      throws Exception {
    return new SoakRun(SEED, duration, patience, directory, new PrintStream(printed), loads).run();
  }

  private interface Part {
    void play(Round round) throws Exception;
  }

  private static BiFunction<House, Path, List<Load>> only(Part part) {
    Load load =
        new Load() {
          @Override
          public String name() {
            return "seeded";
          }

          @Override
          public void play(Round round) throws Exception {
            part.play(round);
          }
        };
    return (_, _) -> List.of(load);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
