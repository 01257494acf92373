package dev.tandem.queues.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of threads that wait, in the order in which they came.
public final class WaitList {
  /* Under a monitor, which virtual threads can wait for without holding on to their carrier. Only
   * threads that park, or wake one, come here, and the lock is held for a few instructions.
   *
   * To be in the list says nothing about whether the wait is over: only the waiter's Parker does.
   * Where an Error could end a waker half way, the waker signals the waiter first and removes it
   * afterwards: a waiter that was removed and not signalled would be out of reach for every other
   * waker. */

  /// The most threads that [#someThreads()] gives.
  private static final int MOST_SHOWN = 8;

  private final @Nullable LiveChannel channel;

  private @Nullable Waiter first;
  private @Nullable Waiter last;
  private int exact;
  private long parks;
  private volatile int size;

  /// Creates a list that no dump shows.
  public WaitList() {
    this(null);
  }

  /// Creates a list of the threads that wait in a channel.
  ///
  /// @param channel known to dumps from its first waiter on
  public WaitList(@Nullable LiveChannel channel) {
    this.channel = channel;
  }

  /// Adds a waiter at the end. What the caller wrote before the call, or reads after it, is ordered
  /// against [#isEmpty()].
  public synchronized void add(Waiter w) {
    if (parks == 0 && channel != null) {
      show(channel);
    }
    w.previous = last;
    if (last == null) {
      first = w;
    } else {
      last.next = w;
    }
    last = w;
    w.listed = true;
    exact += w.exact ? 1 : 0;
    parks++;
    size++;
  }

  /// Before the first waiter is listed: a failure, which is one of memory, must leave the list as
  /// it is.
  private static void show(LiveChannel channel) {
    try {
      LiveChannels.add(channel);
    } catch (Throwable _) {
      // a dump without this channel is better than a waiter without its wait
    }
  }

  /// {@return threads that wait, some if there are many} Reads without the lock, so that a dump
  /// delays no thread: a reader may miss waiters that come or leave meanwhile.
  public List<Thread> someThreads() {
    List<Thread> threads = new ArrayList<>();
    for (Waiter w = first; w != null && threads.size() < MOST_SHOWN; w = w.next) {
      threads.add(w.parker().thread());
    }
    return threads;
  }

  /// Removes a waiter; false if it was removed before.
  public synchronized boolean remove(Waiter w) {
    if (!w.listed) {
      return false;
    }
    unlink(w);
    return true;
  }

  /// {@return the first waiter, which stays in the list, or null if there is none}
  public synchronized @Nullable Waiter peek() {
    return first;
  }

  /// {@return the first waiter, which is removed, or null if there is none}
  public synchronized @Nullable Waiter poll() {
    Waiter w = first;
    if (w != null) {
      unlink(w);
    }
    return w;
  }

  /// Removes a waiter. Called with the monitor held; synchronized only to show that.
  private synchronized void unlink(Waiter w) {
    Waiter before = w.previous;
    Waiter after = w.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    w.previous = null;
    w.next = null;
    w.listed = false;
    exact -= w.exact ? 1 : 0;
    size--;
  }

  /// {@return whether no thread waits} A volatile read.
  public boolean isEmpty() {
    return size == 0;
  }

  /// {@return how many threads wait} A volatile read.
  public int size() {
    return size;
  }

  /// {@return whether another waiter must be woken by the very next change}
  public synchronized boolean hasExactBut(Waiter w) {
    return exact > (w.listed && w.exact ? 1 : 0);
  }

  /// {@return how many waiters were ever added}
  public synchronized long parks() {
    return parks;
  }

  /// Wakes all threads. A second call finishes what the first one could not.
  public void signalAll() {
    Waiter w;
    while ((w = peek()) != null) {
      w.signalAgain();
      remove(w);
    }
  }
}
