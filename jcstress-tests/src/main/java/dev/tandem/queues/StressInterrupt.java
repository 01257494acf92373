package dev.tandem.queues;

import static dev.tandem.queues.StressSteps.pause;

import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/// Interrupts an actor's thread while it waits, and not while it is busy with another state.
public final class StressInterrupt {
  private volatile Thread target;
  private volatile boolean done;

  /// The action of an actor while it may be interrupted: what it says, with what became of the
  /// interrupt if it does not throw.
  public String during(Callable<String> body) {
    String result;
    target = Thread.currentThread();
    try {
      result = body.call();
    } catch (InterruptedException _) {
      result = "interrupted";
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    }
    while (!done) {
      Thread.onSpinWait();
    }
    boolean kept = Thread.interrupted();
    String flag = kept ? ", flag kept" : "";
    return result + flag;
  }

  /// Interrupts the other actor and does something, in either order.
  public int and(IntSupplier step) {
    while (target == null) {
      Thread.onSpinWait();
    }
    pause();
    try {
      if (ThreadLocalRandom.current().nextBoolean()) {
        target.interrupt();
        return step.getAsInt();
      }
      int result = step.getAsInt();
      target.interrupt();
      return result;
    } finally {
      done = true;
    }
  }
}
