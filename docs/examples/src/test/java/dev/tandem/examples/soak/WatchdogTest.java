package dev.tandem.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final CountDownLatch ended = new CountDownLatch(1);

  @Test
  void endsTheProgramWhenNothingMovesAndShowsWhereAllStand() throws Exception {
    new Watchdog(() -> 7, Duration.ofMillis(50), new PrintStream(printed), ended::countDown);

    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.toString())
        .contains("Nothing has moved for", "live executors", "WatchdogTest", "soak-watchdog");
  }

  @Test
  void leavesAProgramAloneThatMoves() throws Exception {
    AtomicLong moves = new AtomicLong();
    CountDownLatch looked = new CountDownLatch(20);
    Watchdog watchdog =
        new Watchdog(
            () -> {
              looked.countDown();
              return moves.incrementAndGet();
            },
            Duration.ofMillis(5),
            new PrintStream(printed),
            ended::countDown);

    assertThat(looked.await(30, TimeUnit.SECONDS)).isTrue();
    watchdog.retire();
    assertThat(ended.getCount()).isEqualTo(1);
  }
}
