package dev.tandem.queues;

import dev.tandem.testing.LincheckRun;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each channel that holds elements does what its sequential specification does, however many
/// threads put, take, look, remove and close.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many thousand runs, perhaps on a busy machine
class ChannelLincheckTest {
  private static final int SLOTS_OF_A_SEGMENT = 256;

  @ParameterizedTest
  @ValueSource(
      classes = {
        RingOfOne.class,
        RingOfTwo.class,
        RingOfThree.class,
        LinkedAtBoundary.class,
        StackOfTwo.class,
        HeapOfThree.class
      })
  void isLinearizableInEveryInterleavingThatTheModelCheckerTries(Class<?> model) throws Exception {
    run(model)
        .modelChecks(
            "put | close take",
            "put put | take close take",
            "put take | put take",
            "put close | take isDrained take",
            "put put size | take peek",
            "put removeFirstOf | take put",
            "put put removeFirstOf | put take size",
            "put put removeFirstOf | take isDrained",
            "put put take | containsFirstOf removeFirstOf put");
    run(model).modelChecks(2);
  }

  @ParameterizedTest
  @ValueSource(classes = {RingOfTwo.class, LinkedAtBoundary.class, HeapOfThree.class})
  void isLinearizableUnderStress(Class<?> model) throws Exception {
    run(model).stresses(8);
  }

  /// One thread puts and closes, another takes: nothing else is allowed there.
  @Test
  void producerClosedIsLinearizableInEveryInterleavingThatTheModelCheckerTries() throws Exception {
    LincheckRun.of(ProducerClosed.class, 2, 3, ChannelSpecification.FifoOfThree.class)
        .modelChecks(
            "put close | take take",
            "put put close put | take take isDrained take",
            "put put put put | take take size",
            "put size put | peek take peek");
  }

  private static LincheckRun run(Class<?> model) throws Exception {
    return LincheckRun.of(model, 2, 3, specification(model));
  }

  private static Class<?> specification(Class<?> model) {
    return switch (model.getSimpleName()) {
      case "RingOfOne" -> ChannelSpecification.FifoOfOne.class;
      case "RingOfTwo" -> ChannelSpecification.FifoOfTwo.class;
      case "RingOfThree" -> ChannelSpecification.FifoOfThree.class;
      case "LinkedAtBoundary" -> ChannelSpecification.FifoOfAny.class;
      case "StackOfTwo" -> ChannelSpecification.LifoOfTwo.class;
      default -> ChannelSpecification.PriorityOfThree.class;
    };
  }

  static <E> ChannelOptions<E> options() {
    return ChannelOptions.from(cf -> cf);
  }

  /// A put or two from the end of a segment.
  static <E> LinkedRingChannel<E> linkedAtBoundary(E any, int left) {
    LinkedRingChannel<E> channel = new LinkedRingChannel<>(options());
    for (int i = left; i < SLOTS_OF_A_SEGMENT; i++) {
      LincheckRun.check("put", channel.tryPut(any) == AbstractChannel.PUT);
      LincheckRun.check("taken", channel.tryTake() != null);
    }
    return channel;
  }

  /// A ring in which each element fills it.
  public static final class RingOfOne extends ChannelModel {
    public RingOfOne() {
      super(new RingChannel<>(1, options()));
    }
  }

  /// A ring with as many slots as elements.
  public static final class RingOfTwo extends ChannelModel {
    public RingOfTwo() {
      super(new RingChannel<>(2, options()));
    }
  }

  /// A ring with more slots than elements.
  public static final class RingOfThree extends ChannelModel {
    public RingOfThree() {
      super(new RingChannel<>(3, options()));
    }
  }

  /// JCTools' queue with four slots, of which three may be full.
  public static final class ProducerClosed extends ChannelModel {
    public ProducerClosed() {
      super(new ProducerClosedChannel<>(3, options()));
    }
  }

  /// Linked segments of which the second is about to begin.
  public static final class LinkedAtBoundary extends ChannelModel {
    public LinkedAtBoundary() {
      super(linkedAtBoundary(0, 1));
    }
  }

  /// Last in, first out.
  public static final class StackOfTwo extends ChannelModel {
    public StackOfTwo() {
      super(new LockedChannel<>(new StackStore<>(), 2, options()));
    }
  }

  /// Least first.
  public static final class HeapOfThree extends ChannelModel {
    public HeapOfThree() {
      super(
          new LockedChannel<>(
              new HeapStore<>(ChannelSpecification.PriorityOfThree.ORDER), 3, options()));
    }
  }
}
