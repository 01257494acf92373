package dev.tandem.queues;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import dev.tandem.testing.LincheckRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Putters, takers and selects meet in pairs, although others give up or close meanwhile.
@Tag("lincheck") // a JVM of its own, see pom.xml
@Timeout(value = 5, unit = TimeUnit.MINUTES) // many thousand runs, perhaps on a busy machine
class RendezvousLincheckTest {
  @Test
  void bothSidesMeetOrNeitherInEveryInterleavingThatTheModelCheckerTries() {
    LincheckRun run = LincheckRun.ofInvariants(Model.class, 2, 3);
    run.modelChecks(
        "waitToPut giveUp | take",
        "waitToTake giveUp | put",
        "waitToPut | waitToTake | giveUp",
        "waitToTakeHereOrPutThere giveUp | put takeThere",
        "waitToTakeHereOrPutThere | waitToPutHereOrTakeThere",
        "waitToTakeHereOrPutThere giveUp | waitToPutHereOrTakeThere | close",
        "waitToPut close | take waitToTake");
    run.modelChecks(2);
  }

  @Test
  void bothSidesMeetOrNeitherUnderStress() {
    LincheckRun.ofInvariants(Model.class, 3, 3).stresses(8);
  }

  /// Two rendezvous; waits are taken apart as in [TakerWaitModel].
  public static final class Model {
    private final RendezvousChannel<Integer> here =
        new RendezvousChannel<>(ChannelLincheckTest.options());
    private final RendezvousChannel<Integer> there =
        new RendezvousChannel<>(ChannelLincheckTest.options());
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Object> put = new ConcurrentLinkedQueue<>();
    private final Queue<Object> taken = new ConcurrentLinkedQueue<>();
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();

    private record Place(ChannelClause<?, Integer> clause, int element, Waiter waiter) {}

    private record Wait(Parker parker, List<Place> places) {}

    @Operation
    public void put() {
      int element = next.incrementAndGet();
      if (here.tryPut(element) == AbstractChannel.PUT) {
        put.add(element);
      }
    }

    @Operation
    public void take() {
      took(here.tryTake());
    }

    @Operation
    public void takeThere() {
      took(there.tryTake());
    }

    private void took(Object element) {
      if (element instanceof Integer) {
        taken.add(element);
      }
    }

    @Operation
    public void close() {
      here.setClosed();
    }

    @Operation
    public void waitToPut() {
      meetOrJoin(here, null);
    }

    @Operation
    public void waitToTake() {
      meetOrJoin(null, here);
    }

    @Operation
    public void waitToTakeHereOrPutThere() {
      meetOrJoin(there, here);
    }

    @Operation
    public void waitToPutHereOrTakeThere() {
      meetOrJoin(here, there);
    }

    /// The steps of a select before its park.
    private void meetOrJoin(RendezvousChannel<Integer> sink, RendezvousChannel<Integer> source) {
      Wait wait = new Wait(new Parker(), new ArrayList<>());
      if (sink != null) {
        int element = next.incrementAndGet();
        add(wait, (ChannelClause<?, Integer>) sink.<Integer>onPut(element, () -> 0), element);
      }
      if (source != null) {
        add(wait, (ChannelClause<?, Integer>) source.<Integer>onTake(e -> e), 0);
      }
      List<MeetingLock> locks = new ArrayList<>();
      wait.places.forEach(place -> locks.add(place.clause.channel.meetingLock()));
      MeetingLock.lockAll(locks);
      try {
        for (Place place : wait.places) {
          if (place.clause.channel.isClosed() || met(place, place.clause.attempt())) {
            return;
          }
        }
        wait.places.forEach(place -> place.clause.join(place.waiter));
        waits.add(wait);
      } finally {
        MeetingLock.unlockAll(locks);
      }
    }

    private static void add(Wait wait, ChannelClause<?, Integer> clause, int element) {
      wait.places.add(new Place(clause, element, clause.newWaiter(wait.parker)));
    }

    private boolean met(Place place, Object outcome) {
      if (outcome == null) {
        return false;
      }
      if (place.clause instanceof PutClause) {
        put.add(place.element);
      } else {
        took(outcome);
      }
      return true;
    }

    /// The steps of a select after its park, whatever ended that.
    @Operation
    public boolean giveUp() {
      Wait wait = waits.poll();
      if (wait == null) {
        return false;
      }
      if (!wait.parker.withdraw()) {
        for (Place place : wait.places) {
          if (place.waiter == wait.parker.winner()) {
            met(place, place.clause.handedOver(place.waiter));
          }
        }
      }
      wait.places.forEach(place -> place.clause.leave(place.waiter));
      return true;
    }

    @Validate
    public void nothingIsLostAndNobodyMissesAPartner() {
      for (Wait a : waits) {
        for (Wait b : waits) {
          LincheckRun.check("two that wait for each other have met", a == b || !fit(a, b));
        }
      }
      while (giveUp()) {
        // until no thread waits
      }
      LincheckRun.check("as much taken as put", taken.size() == put.size());
      for (Object element : put) {
        LincheckRun.check("what was put was taken", taken.remove(element));
      }
    }

    private static boolean fit(Wait a, Wait b) {
      if (a.parker.winner() != null || b.parker.winner() != null) {
        return false;
      }
      for (Place p : a.places) {
        for (Place q : b.places) {
          if (p.clause instanceof PutClause
              && q.clause instanceof TakeClause
              && p.clause.channel == q.clause.channel) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
