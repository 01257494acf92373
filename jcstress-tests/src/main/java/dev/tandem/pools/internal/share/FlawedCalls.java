package dev.tandem.pools.internal.share;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The table of [CallClient] and what waits in it, for variants in which a step is missing. One
/// call is made.
class FlawedCalls implements StressCalls.Service {
  static final class Call {
    private boolean replied;
    private boolean lost;

    synchronized void reply() {
      replied = true;
      notifyAll();
    }

    synchronized void lose() {
      lost = true;
      notifyAll();
    }

    synchronized boolean isReplied() {
      return replied;
    }

    /// {@return whether there is a reply}
    synchronized boolean await() throws InterruptedException {
      while (!replied && !lost) {
        wait();
      }
      return replied;
    }
  }

  final Map<Integer, Call> calls = new ConcurrentHashMap<>();
  volatile boolean lost;
  volatile boolean sent;

  /// Makes the call: the steps in their right order.
  ///
  /// @return 42, or 0 if the connection has ended
  @Override
  public int value() throws InterruptedException {
    Call call = new Call();
    calls.put(1, call);
    sent = true;
    if (lost) {
      call.lose();
    }
    return await(call);
  }

  final int await(Call call) throws InterruptedException {
    try {
      return call.await() ? 42 : 0;
    } finally {
      calls.remove(1);
    }
  }

  /// Answers the call once it is sent.
  final void answer() {
    while (!sent) {
      Thread.onSpinWait();
    }
    Call call = calls.get(1);
    if (call != null) {
      call.reply();
    }
  }

  final void end() {
    lost = true;
    calls.values().forEach(Call::lose);
  }
}
