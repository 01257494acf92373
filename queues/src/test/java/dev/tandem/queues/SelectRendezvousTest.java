package dev.tandem.queues;

import static dev.tandem.queues.Select.after;
import static dev.tandem.queues.Select.otherwise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.contract.ThreadKind;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Selects that meet selects on channels that hold nothing: both sides must agree on one clause.
class SelectRendezvousTest {
  private static final Duration SHORT = Duration.ofMillis(15);
  private static final int ROUNDS = 500;

  private final Channel<Integer> one = Channel.rendezvous();
  private final Channel<Integer> two = Channel.rendezvous();

  @ParameterizedTest
  @EnumSource
  void selectNeverMeetsItself(ThreadKind threads) throws Exception {
    Caller<String> alone =
        Caller.start(
            threads,
            () ->
                Select.<String>select(
                    one.onPut(1, () -> "put"),
                    one.onTake(e -> "took " + e),
                    after(SHORT, () -> "alone")));
    assertThat(alone.result()).isEqualTo("alone");
    Caller<String> atOnce =
        Caller.start(
            threads,
            () ->
                Select.<String>select(
                    one.onTake(e -> "took " + e),
                    one.onPut(1, () -> "put"),
                    otherwise(() -> "alone")));
    assertThat(atOnce.result()).isEqualTo("alone");
    assertThat(one.stats().puts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void putOfSelectMeetsPlainTake(ThreadKind threads) throws Exception {
    Caller<Integer> taker = Caller.start(threads, one::take).awaitBlocked();
    assertThat(Select.<String>select(two.onTake(e -> "took " + e), one.onPut(3, () -> "put")))
        .isEqualTo("put");
    assertThat(taker.result()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void takeOfSelectMeetsPlainPut(ThreadKind threads) throws Exception {
    Caller<?> putter =
        Caller.start(
                threads,
                () -> {
                  one.put(3);
                  return null;
                })
            .awaitBlocked();
    assertThat(Select.<String>select(two.onTake(e -> "two " + e), one.onTake(e -> "one " + e)))
        .isEqualTo("one 3");
    putter.result();
  }

  @ParameterizedTest
  @EnumSource
  void twoSelectsThatBothPutAndTakeMeet(ThreadKind threads) throws Exception {
    List<Caller<Integer>> callers = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      int mine = i;
      callers.add(
          Caller.start(
              threads,
              () -> {
                int balance = 0;
                for (int round = 0; round < ROUNDS; round++) {
                  balance +=
                      Select.<Integer>select(
                          one.onPut(mine, () -> 1),
                          one.onTake(e -> {
                            assertThat(e).isEqualTo(3 - mine);
                            return -1;
                          }));
                }
                return balance;
              }));
    }
    assertThat(callers.get(0).result() + callers.get(1).result()).isZero();
    assertThat(one.stats().puts()).isEqualTo(ROUNDS);
    assertThat(one.stats().takes()).isEqualTo(ROUNDS);
  }

  @ParameterizedTest
  @EnumSource
  void selectsThatNameTheChannelsInOppositeOrderMeet(ThreadKind threads) throws Exception {
    Caller<Integer> left =
        Caller.start(
            threads,
            () -> {
              int puts = 0;
              for (int round = 0; round < ROUNDS; round++) {
                puts += Select.<Integer>select(one.onPut(1, () -> 1), two.onTake(_ -> 0));
              }
              return puts;
            });
    Caller<Integer> right =
        Caller.start(
            threads,
            () -> {
              int takes = 0;
              for (int round = 0; round < ROUNDS; round++) {
                takes += Select.<Integer>select(two.onPut(2, () -> 0), one.onTake(_ -> 1));
              }
              return takes;
            });
    assertThat(left.result()).isEqualTo(right.result());
    assertThat(one.stats().puts() + two.stats().puts()).isEqualTo(ROUNDS);
  }

  @ParameterizedTest
  @EnumSource
  void evenNumberOfSelectsAllMeet(ThreadKind threads) throws Exception {
    for (int round = 0; round < 40; round++) {
      Channel<Integer> channel = Channel.rendezvous();
      List<Caller<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        callers.add(
            Caller.start(
                threads,
                () -> Select.<Integer>select(channel.onPut(1, () -> 1), channel.onTake(_ -> -1))));
      }
      int balance = 0;
      for (Caller<Integer> caller : callers) {
        balance += caller.result();
      }
      assertThat(balance).isZero();
      assertThat(channel.stats().puts()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void selectThatGivesUpIsNotMetLater(ThreadKind threads) throws Exception {
    for (int round = 0; round < 30; round++) {
      Channel<Integer> channel = Channel.rendezvous();
      Caller<String> selector =
          Caller.start(
              threads,
              () ->
                  Select.<String>select(
                      channel.onTake(e -> "took " + e),
                      two.onTake(e -> "two " + e),
                      after(Duration.ofNanos(500_000), () -> "time")));
      boolean put = false;
      while (!put && selector.thread().isAlive()) {
        put = channel.offer(1);
      }
      assertThat(selector.result()).isEqualTo(put ? "took 1" : "time");
      assertThat(channel.stats().takes()).isEqualTo(put ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsSelectsOnBothSides(ThreadKind threads) throws Exception {
    Caller<?> putter =
        Caller.start(threads, () -> Select.<String>select(one.onPut(1, () -> "put")))
            .awaitBlocked();
    Caller<?> taker =
        Caller.start(threads, () -> Select.<String>select(two.onTake(e -> "took " + e)))
            .awaitBlocked();
    one.close();
    two.close();
    assertThat(putter.failure()).isInstanceOf(ChannelClosedException.class);
    assertThat(taker.failure()).isInstanceOf(ChannelClosedException.class);
  }
}
