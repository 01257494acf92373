package dev.tandem.queues;

import static java.util.stream.Collectors.toCollection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// A producer that puts its items in order, in every way there is, and after an interrupt or a
/// timeout again.
final class StressProducer {
  private final StressRound round;
  private final int number;
  private final List<StressLane.Taker> takers = new ArrayList<>();

  StressProducer(StressRound round, int number) {
    this.round = round;
    this.number = number;
    round.lanes.forEach(lane -> takers.add(lane.new Taker()));
  }

  void play(Random r) {
    round.putting.enter();
    try {
      int i = 0;
      while (i < round.puts) {
        try {
          i += r.nextInt(6) == 0 ? putSome(i, r) : putOne(new StressItem(number, i), r);
        } catch (InterruptedException _) {
          if (round.isQuiet()) {
            round.putting.stepAside();
          }
        }
      }
    } catch (ChannelClosedException e) {
      if (round.isQuiet() || round.lanes.stream().noneMatch(lane -> lane.channel.isClosed())) {
        throw e;
      }
    } finally {
      round.putting.leave();
      round.producerEnds(r);
    }
  }

  private int putSome(int from, Random r) throws InterruptedException {
    StressLane lane = round.anyLane(r);
    int to = Math.min(round.puts, from + 1 + r.nextInt(7));
    List<StressItem> items =
        IntStream.range(from, to)
            .mapToObj(i -> new StressItem(number, i))
            .collect(toCollection(ArrayList::new));
    boolean closed = lane.closed;
    int put = 0;
    boolean interrupted = false;
    try {
      lane.channel.putAll(items);
      put = items.size();
    } catch (PartialPutInterruptedException e) {
      put = e.acceptedCount();
      interrupted = true;
    } catch (ChannelClosedException e) {
      put = e.acceptedCount();
      throw e;
    } finally {
      lane.accepted(items.subList(0, put), closed);
    }
    if (interrupted && round.isQuiet()) {
      round.putting.stepAside();
    }
    return put;
  }

  private int putOne(StressItem item, Random r) throws InterruptedException {
    if (round.hasTwoLanes() && r.nextBoolean()) {
      return putInSelect(item, r);
    }
    StressLane lane = round.anyLane(r);
    boolean closed = lane.closed;
    boolean put = true;
    switch (r.nextInt(round.onlyBlocks ? 2 : round.timeouts ? 4 : 3)) {
      case 0, 1 -> lane.channel.put(item);
      case 2 -> put = lane.channel.offer(item);
      default -> put = lane.channel.offer(item, Duration.ofNanos(r.nextInt(100_000)));
    }
    lane.accepted(put ? List.of(item) : List.of(), closed);
    return put ? 1 : 0;
  }

  private int putInSelect(StressItem item, Random r) throws InterruptedException {
    StressLane a = round.lanes.get(0);
    StressLane b = round.lanes.get(1);
    Set<StressLane> closed = new LinkedHashSet<>();
    round.lanes.stream().filter(lane -> lane.closed).forEach(closed::add);
    Select.Clause<StressLane> putA = a.channel.onPut(item, () -> a);
    Select.Clause<StressLane> putB = b.channel.onPut(item, () -> b);
    StressLane chosen = null;
    if (!round.isSingleEnded()
        && !round.onlyBlocks
        && r.nextInt(3) == 0
        && round.reserveTakes(1) == 1) {
      boolean[] took = new boolean[1];
      takers.forEach(StressLane.Taker::begins);
      try {
        chosen =
            Select.<StressLane>select(
                putA, putB, take(0, took), take(1, took), Select.after(someTime(r), () -> null));
      } finally {
        if (!took[0]) {
          round.giveBackTakes(1);
        }
      }
    } else {
      chosen = Select.<StressLane>select(putA, putB);
    }
    if (chosen == null) {
      return 0;
    }
    chosen.accepted(List.of(item), closed.contains(chosen));
    return 1;
  }

  private Select.Clause<StressLane> take(int lane, boolean[] took) {
    return round
        .lanes
        .get(lane)
        .channel
        .onTake(item -> {
          took[0] = true;
          takers.get(lane).took(item);
          round.took();
          return null;
        });
  }

  /// Returns a limit, without which a producer and its own take would wait for each other.
  private static Duration someTime(Random r) {
    return Duration.ofNanos(r.nextInt(500_000));
  }
}
