package dev.tandem.queues;

import dev.tandem.queues.internal.StackProbe;
import java.util.concurrent.locks.ReentrantLock;

/// A lock that is not left locked by a thread whose stack ends.
final class MeetingLock extends ReentrantLock {
  /* Near the end of its stack a thread may get the lock from `lock()` together with the error, or may
   * not be able to call `unlock()` any more. In both cases all others would wait for ever. */

  private static final long serialVersionUID = 1L;

  /// Creates an unlocked lock.
  MeetingLock() {}

  @Override
  public void lock() {
    StackProbe.check();
    super.lock();
  }
}
