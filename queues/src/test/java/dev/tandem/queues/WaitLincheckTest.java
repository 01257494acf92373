package dev.tandem.queues;

import dev.tandem.testing.LincheckRun;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No wake-up is lost in any shape that holds elements.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many thousand runs, perhaps on a busy machine
class WaitLincheckTest {
  private static final int JOINING_INVOCATIONS = 4_000;

  private static final String[] OF_TAKERS = {
    "put | resumeTaker put",
    "put put | giveUpTake take",
    "put | put | giveUpTake",
    "put joinTake | resumeTaker put",
    "joinTake | put put put",
    "putTwo | resumeTaker take joinTake",
    "giveUpTake giveUpTake put take joinTake | put",
    "close | joinTake | put"
  };

  private static final String[] OF_PUTTERS = {
    "take | resumePutter take",
    "take take | giveUpPut put",
    "take | take | giveUpPut",
    "take joinPut | resumePutter take",
    "joinPut | take take take",
    "takeTwo | resumePutter put joinPut",
    "removeOne | take resumePutter",
    "giveUpPut giveUpPut take put joinPut | take",
    "close | joinPut | take"
  };

  @ParameterizedTest
  @ValueSource(classes = {TakersOfRing.class, TakersOfLinked.class, TakersOfHeap.class})
  void noTakerWaitsInVainInEveryInterleavingThatTheModelCheckerTries(Class<?> model) {
    LincheckRun.ofInvariants(model, 2, 3).modelChecks(OF_TAKERS);
  }

  @ParameterizedTest
  @ValueSource(classes = {PuttersOfRing.class, PuttersOfFullRing.class, PuttersOfStack.class})
  void noPutterWaitsInVainInEveryInterleavingThatTheModelCheckerTries(Class<?> model) {
    LincheckRun.ofInvariants(model, 2, 3).modelChecks(OF_PUTTERS);
  }

  /// The first taker that joins finds its element by itself, while the put that took it off the
  /// list has not signalled it yet; the second one waits behind it.
  @ParameterizedTest
  @ValueSource(classes = {JoiningTakersOfRing.class, JoiningTakersOfHeap.class})
  void takerThatLeavesBeforeItIsToldLeavesTheWakeUpToTheNext(Class<?> model) {
    LincheckRun.ofInvariants(model, 3, 2)
        .withInvocations(JOINING_INVOCATIONS)
        .modelChecks("joinTake put | joinTake | put");
  }

  @ParameterizedTest
  @ValueSource(classes = {JoiningPuttersOfRing.class, JoiningPuttersOfStack.class})
  void putterThatLeavesBeforeItIsToldLeavesTheWakeUpToTheNext(Class<?> model) {
    LincheckRun.ofInvariants(model, 3, 2)
        .withInvocations(JOINING_INVOCATIONS)
        .modelChecks("joinPut take | joinPut | take");
  }

  @ParameterizedTest
  @ValueSource(classes = {TakersOfRing.class, TakersOfHeap.class, PuttersOfRing.class})
  void nobodyWaitsInVainUnderStress(Class<?> model) {
    LincheckRun.ofInvariants(model, 2, 4).stresses(8);
  }

  private static <E> ChannelOptions<E> options() {
    return ChannelLincheckTest.options();
  }

  private static BufferedChannel<Integer> heap() {
    return new LockedChannel<>(new HeapStore<Integer>(Comparator.naturalOrder()), 2, options());
  }

  /// At a ring.
  public static final class TakersOfRing extends TakerWaitModel {
    public TakersOfRing() {
      super(new RingChannel<>(3, options()), 2);
    }
  }

  /// At the boundary of two segments.
  public static final class TakersOfLinked extends TakerWaitModel {
    public TakersOfLinked() {
      super(ChannelLincheckTest.linkedAtBoundary(0, 1), 2);
    }
  }

  /// At a heap.
  public static final class TakersOfHeap extends TakerWaitModel {
    public TakersOfHeap() {
      super(heap(), 2);
    }
  }

  /// At a ring that one element fills.
  public static final class PuttersOfRing extends PutterWaitModel {
    public PuttersOfRing() {
      super(new RingChannel<>(1, options()), 2);
    }
  }

  /// At a ring that is large enough for takes without a wake-up.
  public static final class PuttersOfFullRing extends PutterWaitModel {
    public PuttersOfFullRing() {
      super(new RingChannel<>(8, options()), 2);
    }
  }

  /// At a stack.
  public static final class PuttersOfStack extends PutterWaitModel {
    public PuttersOfStack() {
      super(new LockedChannel<>(new StackStore<>(), 2, options()), 2);
    }
  }

  /// At a ring, with no taker that waits already.
  public static final class JoiningTakersOfRing extends TakerWaitModel {
    public JoiningTakersOfRing() {
      super(new RingChannel<>(3, options()), 0);
    }
  }

  /// At a heap, with no taker that waits already.
  public static final class JoiningTakersOfHeap extends TakerWaitModel {
    public JoiningTakersOfHeap() {
      super(heap(), 0);
    }
  }

  /// At a ring, with no putter that waits already.
  public static final class JoiningPuttersOfRing extends PutterWaitModel {
    public JoiningPuttersOfRing() {
      super(new RingChannel<>(2, options()), 0);
    }
  }

  /// At a stack, with no putter that waits already.
  public static final class JoiningPuttersOfStack extends PutterWaitModel {
    public JoiningPuttersOfStack() {
      super(new LockedChannel<>(new StackStore<>(), 2, options()), 0);
    }
  }
}
