package dev.tandem.pools.internal.thread;

import dev.tandem.core.internal.Handles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/// One interrupt of a thread that runs a body, from the decision that it is due until it was sent.
///
/// `Thread.interrupt` is code of users: a thread can override it, and it closes the channel in
/// which the thread waits. So it may block, and runs where it delays no other wait; and the thread
/// may be through with its body before.
final class Interruption implements Runnable {
  /*
   *   DUE --sender--> SENDING --sender--> SENT
   *    '---body's thread--> WITHDRAWN
   *
   * Both arrows that leave DUE are a compareAndSet: either the sender calls interrupt(), and then the
   * body's thread waits in end() until that has returned and clears the flag; or it never does. So an
   * interrupt meant for one body never reaches the next on the same thread.
   */
  private static final int DUE = 0;
  private static final int SENDING = 1;
  private static final int SENT = 2;
  private static final int WITHDRAWN = 3;
  private static final int YIELDS = 1_000;
  private static final long LOOK_NANOS = 1_000_000;
  private static final VarHandle STATE = Handles.of(MethodHandles.lookup(), "state", int.class);

  private final Thread thread;
  private volatile int state;

  Interruption(Thread thread) {
    this.thread = thread;
  }

  /// Sends the interrupt where it delays no caller; at once if it is for the current thread.
  ///
  /// @param sender the executor's queue of interrupts
  void send(Executor sender) {
    try {
      if (thread != Thread.currentThread()) {
        sender.execute(this);
        return;
      }
    } catch (Throwable e) {
      // no memory to hand it over: it is sent here, at most once
    }
    run();
  }

  /// Calls `interrupt`, if this is still due.
  @Override
  public void run() {
    if (STATE.compareAndSet(this, DUE, SENDING)) {
      try {
        thread.interrupt();
      } finally {
        state = SENT;
      }
    }
  }

  boolean isSent() {
    return state == SENT;
  }

  /// Thread: the body's, which has left the body. The interrupt will not come any more, and has
  /// left no flag.
  void end() {
    if (STATE.compareAndSet(this, DUE, WITHDRAWN)) {
      return;
    }
    for (int i = 0; state == SENDING; i++) {
      if (i < YIELDS) {
        Thread.yield();
      } else {
        Thread.interrupted(); // else it would not park
        LockSupport.parkNanos(this, LOOK_NANOS);
      }
    }
    if (state == SENT) {
      Thread.interrupted();
    }
  }
}
