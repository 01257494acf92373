package dev.tandem.queues;

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

  @ParameterizedTest
  @ValueSource(classes = {TakersOfRing.class, TakersOfHeap.class, PuttersOfRing.class})
  void nobodyWaitsInVainUnderStress(Class<?> model) {
    LincheckRun.ofInvariants(model, 2, 4).stresses(8);
  }

  private static <E> ChannelOptions<E> options() {
    return ChannelLincheckTest.options();
  }

  /// At a ring.
  public static final class TakersOfRing extends TakerWaitModel {
    public TakersOfRing() {
      super(new RingChannel<>(3, options()));
    }
  }

  /// At the boundary of two segments.
  public static final class TakersOfLinked extends TakerWaitModel {
    public TakersOfLinked() {
      super(ChannelLincheckTest.linkedAtBoundary(0, 1));
    }
  }

  /// At a heap.
  public static final class TakersOfHeap extends TakerWaitModel {
    public TakersOfHeap() {
      super(new LockedChannel<>(new HeapStore<Integer>(Comparator.naturalOrder()), 2, options()));
    }
  }

  /// At a ring that one element fills.
  public static final class PuttersOfRing extends PutterWaitModel {
    public PuttersOfRing() {
      super(new RingChannel<>(1, options()));
    }
  }

  /// At a ring that is large enough for takes which wake nobody.
  public static final class PuttersOfFullRing extends PutterWaitModel {
    public PuttersOfFullRing() {
      super(new RingChannel<>(8, options()));
    }
  }

  /// At a stack.
  public static final class PuttersOfStack extends PutterWaitModel {
    public PuttersOfStack() {
      super(new LockedChannel<>(new StackStore<>(), 2, options()));
    }
  }
}
