package dev.tandem.queues.internal;

import org.jspecify.annotations.Nullable;

/// A place in a [WaitList]: one thing that a thread waits for.
public final class Waiter {
  private final Parker parker;

  /// Whether the thread must be woken by the very next change, and not when it pays.
  final boolean exact;

  // Guarded by the list.
  @Nullable Waiter previous;
  @Nullable Waiter next;
  boolean listed;

  /// What is handed over in a rendezvous: set by the putter's side, taken by the taker's. Written
  /// before [#signal()] and read after it.
  private @Nullable Object item;

  /// Creates a place for a thread's wait.
  public Waiter(Parker parker, boolean exact) {
    this.parker = parker;
    this.exact = exact;
  }

  /// The wait that this is a part of.
  public Parker parker() {
    return parker;
  }

  /// What is handed over, or null.
  public @Nullable Object item() {
    return item;
  }

  /// Sets what is handed over.
  public void item(@Nullable Object item) {
    this.item = item;
  }

  /// Wakes the thread; false if its wait was ended by something else before.
  public boolean signal() {
    return parker.claim(this);
  }

  /// Wakes the thread, also if a waker that failed half way had ended its wait already.
  public boolean signalAgain() {
    boolean signalled = signal();
    if (!signalled) {
      parker.unpark();
    }
    return signalled;
  }

  /// Ends the wait because its thread leaves; true if it was this waiter's waker that had ended it
  /// before.
  public boolean leave() {
    return !parker.withdraw() && parker.winner() == this;
  }
}
