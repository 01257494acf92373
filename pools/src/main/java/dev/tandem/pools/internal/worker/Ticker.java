package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.wire.StatusPage;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/// The thread of a worker that makes its heartbeat, unmaps shared memory that is closed, and sends
/// replies which would otherwise wait for the end of a long task.
final class Ticker extends Thread {
  /*
   * The main thread sends replies when it has nothing else to do. If it starts a task while replies
   * are waiting, this thread sends them, some milliseconds later, unless the task has ended by then:
   * it ticks every millisecond while that happens, and goes to sleep when it has not happened for a
   * while. The main thread wakes it with a write of `asleep` and an unpark, after it has committed
   * the replies; this thread writes `asleep`, then looks at them: one sees the other.
   */
  private static final long TICK = 1_000_000;
  private static final long BEAT = 250_000_000;
  private static final int IDLE_TICKS = 20;

  /// How often it looks for what is to be unmapped: there may be much.
  private static final int SWEEP_TICKS = 100;

  private final StatusPage page;
  private final ReplyStream replies;
  private final SharedObjects shared;
  private volatile boolean asleep;

  Ticker(StatusPage page, ReplyStream replies, SharedObjects shared) {
    super(null, null, "tandem-ticker", 0, false);
    this.page = page;
    this.replies = replies;
    this.shared = shared;
    setDaemon(true);
    setPriority(MAX_PRIORITY);
  }

  /// Tells this thread that a task starts while replies wait. Thread: main.
  void repliesWait() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(this);
    }
  }

  @Override
  public void run() {
    int idle = 0;
    int ticks = 0;
    boolean behindBefore = false;
    try {
      while (true) {
        page.beat();
        if (idle < IDLE_TICKS) {
          if (++ticks % SWEEP_TICKS == 0) {
            shared.sweep();
          }
          LockSupport.parkNanos(TICK);
        } else {
          shared.sweep();
          asleep = true;
          if (!replies.isBehind()) {
            LockSupport.parkNanos(BEAT);
          }
          asleep = false;
        }
        boolean behind = replies.isBehind();
        if (behind && behindBefore) {
          replies.sendBeside();
        }
        behindBefore = behind;
        idle = behind ? 0 : idle + 1;
      }
    } catch (IOException e) {
      // The connection is gone; the main thread finds out, too, or the end of the pool ends us.
    }
  }
}
