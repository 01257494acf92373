package dev.tandem.queues;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

/// A consumer that takes in every way there is, until all is taken.
final class StressConsumer {
  private final StressRound round;
  private final List<StressLane.Taker> takers = new ArrayList<>();

  StressConsumer(StressRound round) {
    this.round = round;
    round.lanes.forEach(lane -> takers.add(lane.new Taker()));
  }

  void play(Random r) {
    while (!round.isOver()) {
      int missing = round.reserveTakes(1 + r.nextInt(5));
      if (missing == 0) {
        StressActors.pause(50_000); // another consumer may give some back
      }
      round.taking.enter();
      while (missing > 0 && (round.isQuiet() || !round.isOver())) {
        missing -= takeSome(missing, r);
      }
      round.taking.leave();
    }
  }

  private int takeSome(int most, Random r) {
    takers.forEach(StressLane.Taker::begins);
    int lane = r.nextInt(round.lanes.size());
    try {
      return round.hasTwoLanes() && (round.onlyBlocks || r.nextBoolean())
          ? select(r)
          : takeSome(lane, most, r);
    } catch (InterruptedException | CancellationException _) {
      var _ = Thread.interrupted();
      if (round.isQuiet()) {
        round.taking.stepAside();
      }
      return 0;
    } catch (ChannelClosedException e) {
      if (round.isQuiet()) {
        throw e;
      }
      Thread.yield();
      return 0;
    }
  }

  private int select(Random r) throws InterruptedException {
    Select.Clause<Integer> a = onTake(0);
    Select.Clause<Integer> b = onTake(1);
    return round.timeouts && r.nextBoolean()
        ? Select.<Integer>select(a, b, Select.after(someTime(r), () -> 0))
        : Select.<Integer>select(a, b);
  }

  private Select.Clause<Integer> onTake(int lane) {
    return round
        .lanes
        .get(lane)
        .channel
        .onTake(item -> {
          took(lane, item);
          return 1;
        });
  }

  private int takeSome(int lane, int most, Random r) throws InterruptedException {
    Channel<StressItem> channel = round.lanes.get(lane).channel;
    try {
      // With two lanes everything may come through the other one: so no wait without an end.
      return switch (r.nextInt(round.onlyBlocks ? 2 : round.timeouts ? 6 : 4)) {
        case 0 -> round.hasTwoLanes() ? timedDrain(lane, most, r) : took(lane, channel.take());
        case 1 -> round.hasTwoLanes() ? timedTake(lane, r) : takeInLoop(lane, channel.iterator());
        case 2 -> took(lane, channel.poll());
        case 3 -> channel.drain(item -> took(lane, item), most);
        case 4 -> timedTake(lane, r);
        default -> timedDrain(lane, most, r);
      };
    } catch (ChannelClosedException e) {
      round.lanes.get(lane).sawEnd();
      throw e;
    }
  }

  private int timedTake(int lane, Random r) throws InterruptedException {
    return took(lane, round.lanes.get(lane).channel.poll(someTime(r)));
  }

  private int timedDrain(int lane, int most, Random r) throws InterruptedException {
    return round.lanes.get(lane).channel.drain(item -> took(lane, item), most, someTime(r));
  }

  private int takeInLoop(int lane, Iterator<StressItem> iterator) {
    return iterator.hasNext() ? took(lane, iterator.next()) : 0;
  }

  private int took(int lane, StressItem item) {
    if (item == null) {
      return 0;
    }
    takers.get(lane).took(item);
    round.took();
    return 1;
  }

  private static Duration someTime(Random r) {
    return Duration.ofNanos(r.nextInt(100_000));
  }
}
