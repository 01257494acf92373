package dev.tandem.queues;

import dev.tandem.queues.internal.StackProbe;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The lock of a rendezvous, under which a putter and a taker meet.
final class MeetingLock extends ReentrantLock {
  /* A select locks several of them in the order of their numbers, so there is no deadlock.
   *
   * Near the end of its stack a thread may get the lock from `lock()` together with the error, or may
   * not be able to call `unlock()` any more. In both cases all other threads would wait for ever. */

  private static final long serialVersionUID = 1L;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();

  @Override
  public void lock() {
    StackProbe.check();
    super.lock();
  }

  /// Locks all of them and sorts the list. A lock may occur several times.
  static void lockAll(List<MeetingLock> locks) {
    locks.sort(Comparator.comparingLong(lock -> lock.number));
    locks.forEach(MeetingLock::lock);
  }

  static void unlockAll(List<MeetingLock> locks) {
    locks.forEach(MeetingLock::unlock);
  }
}
