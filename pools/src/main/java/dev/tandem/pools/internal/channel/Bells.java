package dev.tandem.pools.internal.channel;

/// Which threads of the pool's process wait in a channel, and what the pool therefore wants to be
/// told by workers (see [Lane]). @GuardedBy("the hub's lock")
///
/// Bells are set before the pool looks for the last time: what a worker does after that look, it
/// tells.
final class Bells {
  private final Account account;
  boolean takerParked;
  boolean putterParked;
  private boolean putterIsExact;
  int waitersForDone;

  Bells(Account account) {
    this.account = account;
  }

  /// A putter of this process is going to park.
  ///
  /// @param exact whether the first place must wake it
  void parkPutter(boolean exact) {
    putterIsExact = exact || (putterParked && putterIsExact);
    putterParked = true;
    for (DownLane down : account.downs) {
      if (account.redelivers) {
        down.lane.want(Lane.DONE);
      }
      mark(down);
    }
  }

  /// {@return whether room is for a putter of this process, and not for workers} It is woken by the
  /// first place. If it has left meanwhile, the thread that finds no putter to wake gives the room
  /// to workers.
  boolean keepsRoom() {
    return putterParked && putterIsExact;
  }

  /// {@return whether a putter that waits is to be woken} It then waits no more.
  boolean wakesPutter() {
    boolean wakes = putterParked && account.room() >= (putterIsExact ? 1 : account.quarter);
    putterParked &= !wakes;
    return wakes;
  }

  /// {@return whether a taker of this process that waits is to be woken} It then waits no more.
  boolean wakesTaker() {
    boolean wakes = takerParked && (!account.store.isEmpty() || account.ended);
    takerParked &= !wakes;
    return wakes;
  }

  /// Says after how many claims of a worker this process must act. A mark that is good enough
  /// stays: writing it takes the cache line from the worker.
  void mark(DownLane down) {
    int used = down.lane.quota.used();
    int ahead = down.lane.mark() - used;
    int wanted = wantedMark(down);
    boolean stays =
        wanted == Lane.FAR ? ahead > Lane.FAR / 2 : ahead > 0 && ahead <= wanted && wanted > 1;
    if (!stays) {
      down.lane.setMark(used + wanted);
    }
  }

  private int wantedMark(DownLane down) {
    int unclaimed = Math.max(1, down.unclaimed());
    if (putterParked) {
      return putterIsExact ? 1 : Math.clamp(account.quarter - (long) account.room(), 1, unclaimed);
    }
    if (account.closed && !account.ended && account.store.isEmpty()) {
      return unclaimed;
    }
    int needed = neededPlaces();
    if (needed == Lane.EXACTLY) {
      return 1;
    }
    return !account.store.isEmpty() || needed > 0 ? Math.max(1, unclaimed / 2) : Lane.FAR;
  }

  /// {@return how the putters of workers wait that no place can be given to at the moment}
  private int neededPlaces() {
    int most = 0;
    if (account.room() <= 0) {
      for (UpLane up : account.ups) {
        most = Math.max(most, up.lane.waits());
      }
    }
    return most;
  }

  /// A taker of this process is going to park.
  void wantPuts() {
    for (UpLane up : account.ups) {
      up.lane.want(Lane.PUT);
    }
  }

  /// Sets all that are needed now.
  void setBells() {
    boolean relays = !account.downs.isEmpty();
    for (UpLane up : account.ups) {
      up.lane.want(Lane.PARK | (takerParked || relays ? Lane.PUT : 0));
    }
    boolean done =
        waitersForDone > 0 || (account.redelivers && (account.closed || account.room() <= 0));
    for (DownLane down : account.downs) {
      down.lane.want(Lane.PARK | (done ? Lane.DONE : 0));
      mark(down);
    }
  }

  /// {@return whether a worker has done something since the last look, or waits for what can be
  /// given to it} It may have begun to wait before the bell for that was set.
  boolean hasNews() {
    for (UpLane up : account.ups) {
      if (up.hasNews() || (up.lane.isWaiting() && account.giver.canGrant(up))) {
        return true;
      }
    }
    for (DownLane down : account.downs) {
      if (down.hasNews() || (down.isHungry() && account.giver.canFeed())) {
        return true;
      }
    }
    return false;
  }
}
