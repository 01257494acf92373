package dev.tandem.queues.internal;

import org.jspecify.annotations.Nullable;

/// An entry of a [WaitList]: one of the things that a thread waits for.
public final class Waiter {
  private final Parker parker;

  /// Whether the very next change must wake the thread, and not only one that pays.
  final boolean exact;

  // Guarded by the list.
  @Nullable Waiter previous;
  @Nullable Waiter next;
  boolean listed;

  /// The element that is handed over in a rendezvous: set by the putter's side, taken by the
  /// taker's. Written before [#signal()] and read after it.
  private @Nullable Object item;

  /// Creates an entry for a thread's wait.
  public Waiter(Parker parker, boolean exact) {
    this.parker = parker;
    this.exact = exact;
  }

  /// {@return the wait that this is a part of}
  public Parker parker() {
    return parker;
  }

  /// {@return the element that is handed over, or null}
  public @Nullable Object item() {
    return item;
  }

  /// Sets the element that is handed over.
  public void item(@Nullable Object item) {
    this.item = item;
  }

  /// Wakes the thread; false if its wait had been ended before.
  public boolean signal() {
    return parker.claim(this);
  }

  /// Wakes the thread, also if a waker that failed half way has ended its wait already.
  public boolean signalAgain() {
    boolean signalled = signal();
    if (!signalled) {
      parker.unpark();
    }
    return signalled;
  }

  /// Ends the wait because its thread leaves; true if a waker has ended it before through this
  /// entry.
  public boolean leave() {
    return !parker.withdraw() && parker.winner() == this;
  }
}
