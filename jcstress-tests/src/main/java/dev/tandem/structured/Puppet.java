package dev.tandem.structured;

import java.util.concurrent.atomic.AtomicInteger;

/// The thread of a subtask: it counts what is done to it and never runs. An actor plays its body,
/// or it obeys: started and interrupted, in either order, its body ends with the interrupt.
final class Puppet extends Thread {
  private static final int START = 1;
  private static final int INTERRUPT = 1 << 16;
  private static final Exception INTERRUPTED = new InterruptedException();

  private final ThreadChild<?> child;
  private final boolean obeys;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean ended;

  Puppet(ThreadChild<?> child, boolean obeys) {
    this.child = child;
    this.obeys = obeys;
  }

  @Override
  public void start() {
    count(START);
  }

  @Override
  public void interrupt() {
    count(INTERRUPT);
  }

  @Override
  public State getState() {
    return starts() == 0 ? State.NEW : ended ? State.TERMINATED : State.RUNNABLE;
  }

  private void count(int call) {
    if (calls.addAndGet(call) == START + INTERRUPT && obeys) {
      child.fail(INTERRUPTED);
      end();
    }
  }

  /// What follows when the body has ended and all was told: the scope is not left before.
  void end() {
    ended = true;
  }

  int starts() {
    return calls.get() % INTERRUPT;
  }

  int interrupts() {
    return calls.get() / INTERRUPT;
  }
}
