package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.contract.ChannelBatchesTest;
import dev.tandem.queues.contract.ChannelCapacityTest;
import dev.tandem.queues.contract.ChannelCloseExceptionallyTest;
import dev.tandem.queues.contract.ChannelCloseNowTest;
import dev.tandem.queues.contract.ChannelCloseRaceTest;
import dev.tandem.queues.contract.ChannelCloseTest;
import dev.tandem.queues.contract.ChannelDoneTest;
import dev.tandem.queues.contract.ChannelInterruptTest;
import dev.tandem.queues.contract.ChannelPutAllTest;
import dev.tandem.queues.contract.ChannelPutTakeTest;
import dev.tandem.queues.contract.ChannelShape;
import dev.tandem.queues.contract.ChannelShape.Ends;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.queues.contract.ChannelShape.Order;
import dev.tandem.queues.contract.ChannelStatsTest;
import dev.tandem.queues.contract.ChannelTimedTest;
import dev.tandem.queues.contract.OverShapes;
import dev.tandem.queues.contract.ThreadKind;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// The contract of channels over those between processes whose consumer or producer acts in a
/// worker. What a test hands to a channel to be run, actions, bodies and clauses of a select, runs
/// where the test does: those contracts are not here.
@OverShapes(WorkerChannelContractTest.Shapes.class)
class WorkerChannelContractTest {
  private static ProcessPool pool;
  private static WorkerEnd first;
  private static WorkerEnd second;

  @BeforeAll
  static void open() {
    pool = Tandem.newProcessPool(2, cf -> cf.withMaxHeap(64L << 20));
    first = new WorkerEnd(pool);
    second = new WorkerEnd(pool);
  }

  @AfterAll
  static void close() {
    first.close();
    second.close();
    assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();
  }

  static final class Shapes implements OverShapes.Shapes {
    @Override
    public List<ChannelShape> all() {
      return Stream.of(new Made(1, true, false), new Made(3, false, true), new Made(10, true, true))
          .map(Made::shape)
          .toList();
    }

    @Override
    public List<ThreadKind> threads() {
      return List.of(ThreadKind.PLATFORM); // both kinds in the workers
    }
  }

  private record Made(int capacity, boolean puts, boolean takes) implements ChannelShape.Factory {
    ChannelShape shape() {
      String who = puts && takes ? "both ends" : puts ? "a producer" : "a consumer";
      return new ChannelShape(
          who + " in a worker " + capacity, capacity, Order.FIFO, Ends.MPMC, this);
    }

    @Override
    public <E extends Comparable<? super E>> Channel<E> create(
        UnaryOperator<Channel.Config<E>> cf) {
      String name = Channel.bounded(1, cf).stats().name();
      Channel<E> channel = pool.newChannel(capacity, config -> config.withName(name));
      return ForwardedChannel.of(channel, puts ? first : null, takes ? second : null);
    }

    @Override
    public String lacks(Need need) {
      return switch (need) {
        case SAME_ELEMENT -> "what is taken is a copy";
        case SAME_FAILURE -> "what a worker is told is a copy";
        case COUNTED_WAITS -> "a worker counts its own";
        case QUEUE_VIEW -> "there is none";
        case UNDELIVERED -> "no one of several processes could run the action";
      };
    }

    /// Each call goes to a worker and back, several times slower than the channel.
    @Override
    public int many(int n) {
      return n / 10;
    }
  }

  @Nested
  class Batches extends ChannelBatchesTest {}

  @Nested
  class Capacity extends ChannelCapacityTest {}

  @Nested
  class CloseExceptionally extends ChannelCloseExceptionallyTest {}

  @Nested
  class CloseNow extends ChannelCloseNowTest {}

  @Nested
  class CloseRace extends ChannelCloseRaceTest {}

  @Nested
  class Close extends ChannelCloseTest {}

  @Nested
  class Done extends ChannelDoneTest {}

  @Nested
  class Interrupt extends ChannelInterruptTest {}

  @Nested
  class PutAll extends ChannelPutAllTest {}

  @Nested
  class PutTake extends ChannelPutTakeTest {}

  @Nested
  class Stats extends ChannelStatsTest {}

  @Nested
  class Timed extends ChannelTimedTest {}
}
