package dev.tandem.pools.internal.channel;

/// What a hub knows of elements that were taken: whether they are done, or lost.
final class DoneElements {
  private final Object lock; // the hub's
  private final Account account; // @GuardedBy("lock")
  private final Hub hub;
  private volatile boolean used;

  DoneElements(Object lock, Account account, Hub hub) {
    this.lock = lock;
    this.account = account;
    this.hub = hub;
  }

  /// The program says when elements are done.
  void use() {
    used = true;
  }

  boolean isUsed() {
    return used;
  }

  /// Takes note that an element is done which a worker had taken before it left.
  void afterLeaving(int worker) {
    synchronized (lock) {
      account.doneAfterLeaving(worker);
    }
    use();
  }

  /// A thread waits until all elements are done.
  void startWaiting() {
    use();
    synchronized (lock) {
      account.bells.waitersForDone++;
      account.bells.setBells();
    }
    hub.rung();
  }

  void stopWaiting() {
    synchronized (lock) {
      account.bells.waitersForDone--;
    }
  }

  /// {@return how many elements are lost: workers had taken them, and not said to be done, when
  /// they died, or they could not be given to a worker}
  long lost() {
    synchronized (lock) {
      return account.lost;
    }
  }
}
