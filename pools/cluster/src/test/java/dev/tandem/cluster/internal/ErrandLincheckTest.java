package dev.tandem.cluster.internal;

import static dev.tandem.testing.LincheckRun.check;

import dev.tandem.testing.LincheckRun;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An errand that is sent, answered, lost with its member, refused by one that drains, sent again,
/// cancelled and timed out by many has one outcome, is gone once, is lost to no one, and is not
/// sent after its outcome. Each operation does what [Dispatcher] and [ClusterRun] do in its place.
@Tag("lincheck") // a JVM of its own, see pom.xml
public class ErrandLincheckTest {
  private static final int RETRIES = 1;

  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final AtomicInteger retried = new AtomicInteger();
  private final AtomicInteger sentLate = new AtomicInteger();
  private final Errand errand = new Counted();

  // the dispatcher's, under its lock
  private final ReentrantLock lock = new ReentrantLock();
  private boolean waiting = true;
  private Attempt inFlight;

  @Test
  void holdsInEveryInterleavingThatTheModelCheckerTries() {
    LincheckRun.ofInvariants(ErrandLincheckTest.class, 3, 2).modelChecks(12);
  }

  @Test
  void holdsWhenALossMeetsACancelAndATimeout() {
    LincheckRun.ofInvariants(ErrandLincheckTest.class, 3, 2)
        .modelChecks(
            "dispatch lose | cancel",
            "dispatch lose dispatch | timeOut | cancel",
            "dispatch refuse | dispatch answer | cancel");
  }

  @Test
  void holdsUnderStress() {
    LincheckRun.ofInvariants(ErrandLincheckTest.class, 3, 2).withInvocations(100).stresses(10);
  }

  /// The dispatcher sends it.
  @Operation
  public void dispatch() {
    boolean late = outcomes.get() > 0;
    lock.lock();
    try {
      if (waiting) {
        waiting = false;
        Attempt next = new Attempt(errand, null, 1);
        if (errand.assign(next)) {
          inFlight = next;
          sentLate.addAndGet(late ? 1 : 0);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// {@return the attempt under way, which this thread has taken; null if there is none}
  private Attempt take() {
    lock.lock();
    try {
      Attempt taken = inFlight;
      inFlight = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void waitAgain() {
    lock.lock();
    try {
      waiting = true;
    } finally {
      lock.unlock();
    }
  }

  /// A thread takes the member's answer.
  @Operation
  public void answer() {
    Attempt mine = take();
    if (mine != null) {
      end(mine);
    }
  }

  private void end(Attempt mine) {
    if (errand.decide(mine)) {
      outcomes.incrementAndGet();
    }
    errand.gone();
  }

  /// A thread learns that the member is lost.
  @Operation
  public void lose() {
    Attempt mine = take();
    if (mine == null) {
      return;
    }
    if (errand.retry(mine)) {
      retried.incrementAndGet();
      waitAgain();
    } else {
      end(mine);
    }
  }

  /// A member that drains has not begun it.
  @Operation
  public void refuse() {
    Attempt mine = take();
    if (mine == null) {
      return;
    }
    if (errand.takeBack(mine)) {
      waitAgain();
    } else {
      errand.gone();
    }
  }

  @Operation
  public void cancel() {
    switch (errand.decideNow()) {
      case WAITING -> {
        outcomes.incrementAndGet();
        errand.gone();
      }
      case UNDER_WAY -> outcomes.incrementAndGet();
      case DECIDED -> check("it is decided", errand.isDecided());
    }
  }

  /// The timer of the attempt under way.
  @Operation
  public void timeOut() {
    Attempt mine = errand.attempt();
    if (mine != null && errand.decide(mine)) {
      outcomes.incrementAndGet();
    }
  }

  @Validate
  public void hasOneOutcomeAndIsGoneOnce() {
    if (!errand.isDecided()) {
      check("no outcome before the decision", outcomes.get() == 0 && gone.get() == 0);
      check("it waits or is under way", waiting || inFlight != null);
      dispatch();
    }
    answer();
    check("one outcome: " + outcomes, outcomes.get() == 1);
    check("gone once: " + gone, gone.get() == 1);
    check("no more retries than allowed: " + retried, retried.get() <= RETRIES);
    check("not sent after its outcome: " + sentLate, sentLate.get() == 0);
  }

  private final class Counted extends Errand {
    Counted() {
      super(RETRIES);
    }

    @Override
    byte[] request(Attempt attempt) {
      return new byte[0];
    }

    @Override
    boolean mayWaitThere() {
      return false;
    }

    @Override
    void begun(Attempt attempt) {}

    @Override
    void answered(Attempt attempt, byte[] reply) {}

    @Override
    void failed(Throwable failure) {}

    @Override
    void gone() {
      gone.incrementAndGet();
    }
  }
}
