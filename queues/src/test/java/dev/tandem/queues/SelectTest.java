package dev.tandem.queues;

import static dev.tandem.queues.Select.after;
import static dev.tandem.queues.Select.otherwise;
import static dev.tandem.queues.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.contract.ChannelContract;
import dev.tandem.queues.contract.ThreadKind;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A select over several channels of different shapes.
class SelectTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(15);

  private static List<Channel<Integer>> shapes() {
    return List.of(
        Channel.bounded(3),
        Channel.unbounded(),
        Channel.lifo(3),
        Channel.priority(3, Integer::compare),
        Channel.bounded(2, Channel.Config::withCloseByProducer));
  }

  @Test
  void noSourceIsFavoured() throws Exception {
    List<Channel<Integer>> sources = shapes();
    Map<Integer, Integer> chosen = new TreeMap<>();
    int rounds = 5_000;
    for (int i = 0; i < rounds; i++) {
      List<Select.Clause<Integer>> clauses = new ArrayList<>();
      for (int s = 0; s < sources.size(); s++) {
        int source = s;
        if (sources.get(s).size() == 0) {
          sources.get(s).put(i);
        }
        clauses.add(sources.get(s).onTake(_ -> source));
      }
      chosen.merge(selectOf(clauses), 1, Integer::sum);
    }
    // with an even choice each comes 1000 times, give or take 28
    assertThat(chosen).hasSize(5);
    assertThat(chosen.values()).allMatch(n -> n > 800 && n < 1_200);
  }

  @Test
  void noSinkIsFavouredAndNeitherAreSources() throws Exception {
    Channel<Integer> one = Channel.unbounded();
    Channel<Integer> two = Channel.unbounded();
    Channel<Integer> three = Channel.unbounded();
    for (int i = 0; i < 3_000; i++) {
      three.put(i);
    }
    Map<String, Integer> chosen = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      String clause =
          select(one.onPut(i, () -> "one"), two.onPut(i, () -> "two"), three.onTake(_ -> "three"));
      chosen.merge(clause, 1, Integer::sum);
    }
    // 1000 each, give or take 26
    assertThat(chosen).hasSize(3);
    assertThat(chosen.values()).allMatch(n -> n > 800 && n < 1_200);
    assertThat(one.size()).isEqualTo(chosen.get("one"));
    assertThat(two.size()).isEqualTo(chosen.get("two"));
    assertThat(three.size()).isEqualTo(3_000 - chosen.get("three"));
  }

  @SuppressWarnings("unchecked")
  private static Integer selectOf(List<Select.Clause<Integer>> clauses)
      throws InterruptedException {
    return Select.<Integer>select(clauses.toArray(Select.Clause[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void waitsForWhicheverComesFirst(ThreadKind threads) throws Exception {
    for (int which = 0; which < shapes().size(); which++) {
      List<Channel<Integer>> sources = shapes();
      List<Select.Clause<Integer>> clauses = new ArrayList<>();
      for (int s = 0; s < sources.size(); s++) {
        int source = s;
        clauses.add(sources.get(s).onTake(e -> 100 * source + e));
      }
      Caller<Integer> selector = Caller.start(threads, () -> selectOf(clauses)).awaitBlocked();
      sources.get(which).put(7);
      assertThat(selector.result()).isEqualTo(100 * which + 7);
      assertThat(sources).allMatch(source -> source.size() == 0);
      // no thread waits there any more
      for (Channel<Integer> source : sources) {
        assertThat(source.offer(1)).isTrue();
        assertThat(source.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void afterCountsFromTheCall() throws Exception {
    Select.Clause<String> after = after(SHORT, () -> "time");
    Channel<Integer> channel = Channel.bounded(1);
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      assertThat(Select.<String>select(channel.onTake(e -> "took " + e), after)).isEqualTo("time");
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }
  }

  @Test
  void afterZeroIsChosenAtOnceUnlessSomethingIsThere() throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    Select.Clause<String> take = channel.onTake(e -> "took " + e);
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      Select.Clause<String> after = after(none, () -> "time");
      assertThat(Select.<String>select(take, after)).isEqualTo("time");
      channel.put(1);
      assertThat(Select.<String>select(after, take)).isEqualTo("took 1");
    }
  }

  @Test
  void afterMayBeLongerThanAnyClock() throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    Select.Clause<String> never = after(Duration.ofSeconds(Long.MAX_VALUE), () -> "time");
    Caller<String> selector =
        Caller.start(
                ThreadKind.PLATFORM,
                () -> Select.<String>select(channel.onTake(e -> "took " + e), never))
            .awaitBlocked();
    channel.put(1);
    assertThat(selector.result()).isEqualTo("took 1");
  }

  @Test
  void otherwiseComesBeforeAfter() throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    String chosen =
        select(
            after(LONG, () -> "time"),
            channel.onTake(e -> "took " + e),
            otherwise(() -> "nothing"));
    assertThat(chosen).isEqualTo("nothing");
  }

  @Test
  void throwsWhenEverySourceHasEnded() {
    List<Channel<Integer>> sources = shapes();
    sources.forEach(Channel::close);
    Channel<Integer> one = sources.getFirst();
    Channel<Integer> two = sources.getLast();
    ChannelContract.assertClosed(
        () -> Select.<Integer>select(one.onTake(e -> e), two.onTake(e -> e)));
    ChannelContract.assertClosed(
        () -> Select.<Integer>select(one.onTake(e -> e), after(LONG, () -> -1)));
    ChannelContract.assertClosed(
        () -> Select.<Integer>select(one.onTake(e -> e), otherwise(() -> -1)));
  }

  @ParameterizedTest
  @EnumSource
  void sinkKeepsTheSelectAliveWhenTheSourcesHaveEnded(ThreadKind threads) throws Exception {
    Channel<Integer> source = Channel.bounded(1);
    source.close();
    Channel<Integer> sink = Channel.bounded(1);
    sink.put(1);
    Caller<String> selector =
        Caller.start(
                threads,
                () ->
                    Select.<String>select(
                        source.onTake(e -> "took " + e), sink.onPut(2, () -> "put")))
            .awaitBlocked();
    assertThat(sink.take()).isEqualTo(1);
    assertThat(selector.result()).isEqualTo("put");
    assertThat(sink.take()).isEqualTo(2);
  }

  @Test
  void causeIsNotStarvedBySourcesThatAreReady() {
    Throwable cause = new IOException("no feed");
    Channel<Integer> broken = Channel.bounded(1);
    broken.closeExceptionally(cause);
    Channel<Integer> busy = Channel.unbounded();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                busy.put(i);
                Select.<Integer>select(busy.onTake(e -> e), broken.onTake(e -> e));
              }
            })
        .isInstanceOf(ChannelClosedException.class)
        .cause()
        .isSameAs(cause);
  }

  @ParameterizedTest
  @EnumSource
  void oneElementWakesOneOfTwoSelects(ThreadKind threads) throws Exception {
    for (int round = 0; round < 50; round++) {
      Channel<Integer> one = Channel.bounded(1);
      Channel<Integer> two = Channel.bounded(2);
      List<Caller<Integer>> selectors = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        selectors.add(
            Caller.start(
                    threads, () -> Select.<Integer>select(one.onTake(e -> e), two.onTake(e -> e)))
                .awaitBlocked());
      }
      one.put(1);
      two.put(2);
      assertThat(List.of(selectors.get(0).result(), selectors.get(1).result()))
          .containsExactlyInAnyOrder(1, 2);
      assertThat(one.size() + two.size()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void wakeThatSelectDoesNotNeedReachesPlainTaker(ThreadKind threads) throws Exception {
    for (int round = 0; round < 100; round++) {
      Channel<Integer> one = Channel.bounded(1);
      Channel<Integer> two = Channel.bounded(1);
      Caller<Integer> selector =
          Caller.start(
                  threads, () -> Select.<Integer>select(one.onTake(e -> e), two.onTake(e -> e)))
              .awaitBlocked();
      Caller<Integer> taker = Caller.start(threads, two::take).awaitBlocked();
      one.put(1);
      two.put(2);
      if (selector.result() == 2) {
        assertThat(one.take()).isEqualTo(1);
        two.put(2);
      }
      assertThat(taker.result()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void selectsOverManySourcesTakeEachElementOnce(ThreadKind threads) throws Exception {
    List<Channel<Integer>> sources =
        List.of(
            Channel.bounded(1),
            Channel.unbounded(),
            Channel.rendezvous(),
            Channel.lifo(2),
            Channel.priority(3, Integer::compare));
    int many = 400;
    List<Caller<Void>> producers = new ArrayList<>();
    for (int s = 0; s < sources.size(); s++) {
      int first = s * many;
      producers.add(
          Caller.start(
              threads,
              sources
                  .get(s)
                  .producer(sink -> {
                    for (int i = first; i < first + many; i++) {
                      sink.put(i);
                    }
                  })));
    }
    List<Caller<List<Integer>>> selectors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      selectors.add(Caller.start(threads, () -> selectToEnd(sources)));
    }
    List<Integer> taken = new ArrayList<>();
    for (Caller<Void> producer : producers) {
      producer.result();
    }
    for (Caller<List<Integer>> selector : selectors) {
      taken.addAll(selector.result());
    }
    assertThat(taken).hasSize(sources.size() * many).doesNotHaveDuplicates();
  }

  private static List<Integer> selectToEnd(List<Channel<Integer>> sources)
      throws InterruptedException {
    List<Integer> taken = new ArrayList<>();
    List<Select.Clause<Integer>> clauses = new ArrayList<>();
    for (Channel<Integer> source : sources) {
      clauses.add(source.onTake(e -> e));
    }
    try {
      while (true) {
        taken.add(selectOf(clauses));
      }
    } catch (ChannelClosedException e) {
      return taken;
    }
  }

  @ParameterizedTest
  @EnumSource
  void severalThreadsMayUseTheSameClause(ThreadKind threads) throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    Select.Clause<Integer> take = channel.onTake(e -> e);
    Select.Clause<Integer> put = channel.onPut(4, () -> 0);
    List<Caller<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Select.Clause<Integer> clause = i % 2 == 0 ? take : put;
      callers.add(
          Caller.start(
              threads,
              () -> {
                int sum = 0;
                for (int n = 0; n < 500; n++) {
                  sum += Select.<Integer>select(clause);
                }
                return sum;
              }));
    }
    int sum = 0;
    for (Caller<Integer> caller : callers) {
      sum += caller.result();
    }
    assertThat(sum).isEqualTo(4 * 1_000);
    assertThat(channel.size()).isZero();
  }

  @Test
  void sameSourceMayAppearTwice() throws Exception {
    Channel<Integer> channel = Channel.bounded(2);
    channel.put(1);
    channel.put(2);
    Select.Clause<Integer> take = channel.onTake(e -> e);
    assertThat(Select.<Integer>select(take, take)).isEqualTo(1);
    assertThat(Select.<Integer>select(take, channel.onTake(e -> e))).isEqualTo(2);
    assertThat(channel.stats().takes()).isEqualTo(2);
  }
}
