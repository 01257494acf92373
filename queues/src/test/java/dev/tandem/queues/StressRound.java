package dev.tandem.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// One round: some producers, some consumers and some troublemakers with one or two channels.
///
/// In a QUIET round no thread closes: finite puts, as many takes, then nothing. A thread that
/// misses a wake-up then waits for ever, because no later operation wakes it by chance.
final class StressRound {
  private enum Ending {
    QUIET,
    LAST_PRODUCER,
    CLOSE,
    CLOSE_NOW,
    CLOSE_WITH_CAUSE
  }

  private static final int[] CAPACITIES = {1, 1, 2, 2, 3, 4, 5, 8, 17, 64};

  private static final int[] PUTS = {3, 3, 10, 10, 40, 40, 40, 200};

  final List<StressLane> lanes = new ArrayList<>();
  final boolean timeouts;

  /// No thread looks again by itself, so none makes good for a wake-up that was lost.
  final boolean onlyBlocks;

  final int puts;
  final StressCrowd putting = new StressCrowd();
  final StressCrowd taking = new StressCrowd();
  private final boolean virtual;
  private final boolean interrupts;
  private final Ending ending;
  private final int producers;
  private final int consumers;
  private final AtomicInteger producersLeft;
  private final AtomicInteger takesLeft;
  private final AtomicInteger takes = new AtomicInteger();
  private final StressActors actors;
  private final Random random;

  StressRound(StressShape shape, boolean virtual, Random random) {
    this.virtual = virtual;
    this.random = random;
    boolean single = shape.isSingleEnded();
    boolean done = random.nextInt(3) == 0;
    producers = single ? 1 : 1 + random.nextInt(3);
    consumers = single ? 1 : 1 + random.nextInt(3);
    puts = 1 + random.nextInt(PUTS[random.nextInt(PUTS.length)]);
    interrupts = random.nextBoolean();
    onlyBlocks = random.nextBoolean();
    timeouts = !onlyBlocks && random.nextBoolean();
    ending = random.nextBoolean() ? Ending.QUIET : Ending.values()[random.nextInt(single ? 2 : 5)];
    producersLeft = new AtomicInteger(producers);
    takesLeft = new AtomicInteger(isQuiet() ? producers * puts : Integer.MAX_VALUE / 2);
    lanes.add(new StressLane(shape, capacity(), done));
    if (random.nextBoolean()) {
      lanes.add(new StressLane(single ? shape : other(), capacity(), done));
    }
    actors = new StressActors(virtual, random);
  }

  private int capacity() {
    return CAPACITIES[random.nextInt(CAPACITIES.length)];
  }

  private StressShape other() {
    return StressShape.values()[random.nextInt(StressShape.PRODUCER_CLOSED.ordinal())];
  }

  void play() throws InterruptedException {
    List<Thread> interrupted = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      StressProducer producer = new StressProducer(this, i);
      interrupted.add(actors.add("producer-" + i, producer::play));
    }
    for (int i = 0; i < consumers; i++) {
      StressConsumer consumer = new StressConsumer(this);
      interrupted.add(actors.add("consumer-" + i, consumer::play));
    }
    if (!isSingleEnded() && !onlyBlocks && random.nextInt(3) == 0) {
      var _ = actors.add("remover", new StressRemover(this)::play);
    }
    if (random.nextInt(3) == 0) {
      var _ = actors.add("waiter for done", this::awaitDone);
    }
    if (interrupts) {
      var _ = actors.add("interrupter", r -> interrupt(interrupted, r));
    }
    if (ending.ordinal() > Ending.LAST_PRODUCER.ordinal()) {
      var _ = actors.add("closer", this::close);
    }
    actors.start();
    actors.join(this);
    lanes.forEach(StressLane::check);
  }

  // ---- what the actors ask

  boolean isQuiet() {
    return ending == Ending.QUIET;
  }

  boolean isSingleEnded() {
    return lanes.getFirst().shape.isSingleEnded();
  }

  boolean hasTwoLanes() {
    return lanes.size() == 2;
  }

  StressLane anyLane(Random r) {
    return lanes.get(r.nextInt(lanes.size()));
  }

  /// Reserves some of the takes that are left to do; 0 if other threads do them all.
  int reserveTakes(int most) {
    int before = takesLeft.getAndUpdate(left -> left - Math.min(left, most));
    return Math.min(before, most);
  }

  void giveBackTakes(int count) {
    takesLeft.addAndGet(count);
  }

  void took() {
    takes.incrementAndGet();
  }

  boolean isOver() {
    return isQuiet()
        ? takes.get() == producers * puts
        : lanes.stream().allMatch(lane -> lane.channel.isDrained());
  }

  void producerEnds(Random r) {
    if (producersLeft.decrementAndGet() == 0 && ending == Ending.LAST_PRODUCER) {
      for (StressLane lane : lanes) {
        if (r.nextBoolean()) {
          lane.channel.closeExceptionally(new IllegalStateException("for the test"));
        } else {
          lane.channel.close();
        }
        lane.closed = true;
      }
    }
  }

  // ---- the troublemakers

  private void close(Random r) {
    StressActors.pause(r.nextInt(300_000));
    for (StressLane lane : lanes) {
      switch (ending) {
        case CLOSE_NOW -> lane.closeNow();
        case CLOSE_WITH_CAUSE ->
            lane.channel.closeExceptionally(new IllegalStateException("for the test"));
        default -> lane.channel.close();
      }
      lane.closed = true;
    }
  }

  private static void interrupt(List<Thread> threads, Random r) {
    for (int i = r.nextInt(30); i > 0; i--) {
      threads.get(r.nextInt(threads.size())).interrupt();
      StressActors.pause(r.nextInt(60_000));
    }
  }

  /// Waits in `awaitDone`, whose answer may hold for the moment only.
  private void awaitDone(Random r) throws InterruptedException {
    for (StressLane lane : lanes) {
      for (int i = r.nextInt(4); i > 0 && lane.countsDone(); i--) {
        try {
          lane.channel.awaitDone();
        } catch (ChannelClosedException e) {
          if (isQuiet() || e.getCause() == null) {
            throw e;
          }
        }
        StressActors.pause(r.nextInt(50_000));
      }
    }
  }

  @Override
  public String toString() {
    return "a round that ends %s, on %s threads, %d producers of %d, %d consumers, interrupts=%s, timeouts=%s, onlyBlocks=%s, takes %d, with %s"
        .formatted(
            ending,
            virtual ? "virtual" : "platform",
            producers,
            puts,
            consumers,
            interrupts,
            timeouts,
            onlyBlocks,
            takes.get(),
            lanes);
  }
}
