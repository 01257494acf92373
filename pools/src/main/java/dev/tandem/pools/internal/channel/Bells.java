package dev.tandem.pools.internal.channel;

/// Which threads of the pool's process wait in a channel, and what the pool therefore wants to be
/// told by workers (see [Lane]). @GuardedBy("the hub's lock")
///
/// Bells are set before the pool looks for the last time: what a worker does after that look, it
/// tells, if anything follows from it.
///
/// **Streams.** Each ring costs more than to pass on a hundred elements. While workers put many
/// elements, and those that take have some, the pool does not want to be told of each put. Instead
/// it sets marks, so that a worker tells when it has claimed half of what it has; then the pool
/// looks at all. So an element that was put is looked for before the workers that take have none
/// left, or one of them parks, which it tells. One that has none when the bells are set brings the
/// bell for each put back; the last look finds one that has come to that meanwhile, and one that
/// has claimed so much that it cannot reach its mark any more.
final class Bells {
  /// The elements in a look from which on they come in a stream.
  private static final int STREAM = 4;

  private final Account account;
  boolean takerParked;
  boolean putterParked;
  private boolean putterIsExact;
  int waitersForDone;
  private boolean flows; // workers have put many elements since the look before the last one

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
  /// stays: writing it takes the cache line from the worker, as does looking how many it has
  /// claimed. As of the last look will do: the worker has claimed more since, so that it is nearer
  /// to the mark than that says, or has reached it and has rung.
  void mark(DownLane down) {
    int ahead = down.lane.mark() - down.claimed();
    int wanted = wantedMark(down);
    boolean stays =
        wanted == Lane.FAR
            ? ahead > Lane.FAR / 2
            : wanted > 1 && ahead > wanted / 2 && ahead <= wanted;
    if (!stays) {
      down.lane.setMark(down.lane.quota.used() + wanted);
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
    boolean more = !account.store.isEmpty() || flows || needed > 0;
    return more ? Math.max(1, unclaimed / 2) : Lane.FAR;
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

  /// Takes note of how many elements the pool has found in a look at what workers have put. If they
  /// come in a stream, and the workers that take have some, the pool need not be told of each: it
  /// looks when one of these has claimed half of them.
  void found(long puts) {
    flows = puts >= STREAM;
  }

  /// {@return whether each element that a worker puts must be told}
  private boolean wantsPuts() {
    boolean wants = takerParked || (!flows && !account.downs.isEmpty());
    for (DownLane down : account.downs) {
      wants |= down.unclaimed() == 0;
    }
    return wants;
  }

  /// A taker of this process is going to park.
  void wantPuts() {
    for (UpLane up : account.ups) {
      up.lane.want(Lane.PUT);
    }
  }

  /// Sets all that are needed now.
  void setBells() {
    long put = wantsPuts() ? Lane.PUT : 0;
    for (UpLane up : account.ups) {
      up.lane.want(Lane.PARK | put);
    }
    boolean done =
        waitersForDone > 0 || (account.redelivers && (account.closed || account.room() <= 0));
    for (DownLane down : account.downs) {
      down.lane.want(Lane.PARK | (done ? Lane.DONE : 0));
      mark(down);
    }
  }

  /// Sets all that are needed now, unless the pool must look again anyway: the last look sets them,
  /// and until then no worker need tell.
  ///
  /// @return whether the pool must look again
  boolean findNews() {
    if (hasNews()) {
      return true;
    }
    setBells();
    return hasNews();
  }

  /// {@return whether a worker has done something since the last look that it should have told, or
  /// waits for what can be given to it} It may have done so before the bell for that was set.
  private boolean hasNews() {
    boolean puts = wantsPuts();
    for (UpLane up : account.ups) {
      if ((puts && up.hasNews()) || (up.lane.isWaiting() && account.giver.canGrant(up))) {
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
