package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.contract.ChannelBatchesTest;
import dev.tandem.queues.contract.ChannelBodyTest;
import dev.tandem.queues.contract.ChannelCapacityTest;
import dev.tandem.queues.contract.ChannelCloseExceptionallyTest;
import dev.tandem.queues.contract.ChannelCloseNowTest;
import dev.tandem.queues.contract.ChannelCloseRaceTest;
import dev.tandem.queues.contract.ChannelCloseTest;
import dev.tandem.queues.contract.ChannelDoneTest;
import dev.tandem.queues.contract.ChannelDrainTest;
import dev.tandem.queues.contract.ChannelInterruptTest;
import dev.tandem.queues.contract.ChannelIterationTest;
import dev.tandem.queues.contract.ChannelPutAllTest;
import dev.tandem.queues.contract.ChannelPutTakeTest;
import dev.tandem.queues.contract.ChannelRetentionTest;
import dev.tandem.queues.contract.ChannelSelectCloseTest;
import dev.tandem.queues.contract.ChannelSelectRaceTest;
import dev.tandem.queues.contract.ChannelSelectTest;
import dev.tandem.queues.contract.ChannelShape;
import dev.tandem.queues.contract.ChannelShape.Ends;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.queues.contract.ChannelShape.Order;
import dev.tandem.queues.contract.ChannelStatsTest;
import dev.tandem.queues.contract.ChannelTimedTest;
import dev.tandem.queues.contract.OverShapes;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// The contract of channels over those between processes, all of whose ends are in this JVM.
@OverShapes(ProcessChannelContractTest.Shapes.class)
class ProcessChannelContractTest {
  private static ProcessPool pool;

  @BeforeAll
  static void open() {
    pool = Tandem.newProcessPool(1, cf -> cf.withMaxHeap(64L << 20));
  }

  @AfterAll
  static void close() {
    assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();
  }

  static final class Shapes implements OverShapes.Shapes {
    @Override
    public List<ChannelShape> all() {
      return Stream.of(1, 3, 1000)
          .map(n ->
              new ChannelShape("between processes " + n, n, Order.FIFO, Ends.MPMC, new Made(n)))
          .toList();
    }
  }

  private record Made(int capacity) implements ChannelShape.Factory {
    @Override
    public <E extends Comparable<? super E>> Channel<E> create(
        UnaryOperator<Channel.Config<E>> cf) {
      String name = Channel.bounded(1, cf).stats().name();
      return pool.newChannel(capacity, config -> config.withName(name));
    }

    @Override
    public String lacks(Need need) {
      return switch (need) {
        case SAME_ELEMENT -> "what is taken is a copy";
        case SAME_FAILURE, COUNTED_WAITS -> "";
        case QUEUE_VIEW -> "there is none";
        case UNDELIVERED -> "no one of several processes could run the action";
      };
    }
  }

  @Nested
  class Batches extends ChannelBatchesTest {}

  @Nested
  class Body extends ChannelBodyTest {}

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
  class Drain extends ChannelDrainTest {}

  @Nested
  class Interrupt extends ChannelInterruptTest {}

  @Nested
  class Iteration extends ChannelIterationTest {}

  @Nested
  class PutAll extends ChannelPutAllTest {}

  @Nested
  class PutTake extends ChannelPutTakeTest {}

  @Nested
  class Retention extends ChannelRetentionTest {}

  @Nested
  class Stats extends ChannelStatsTest {}

  @Nested
  class Timed extends ChannelTimedTest {}

  @Nested
  class SelectClose extends ChannelSelectCloseTest {}

  @Nested
  class SelectRace extends ChannelSelectRaceTest {}

  @Nested
  class Select extends ChannelSelectTest {}
}
