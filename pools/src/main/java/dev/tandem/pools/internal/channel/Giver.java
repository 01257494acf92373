package dev.tandem.pools.internal.channel;

/// What a hub gives to its workers: elements to those that take, places to those that
/// put. @GuardedBy("the hub's lock")
final class Giver {
  private final Account account;
  private final Owed owed;
  private final HubFailures failures;
  private int next; // the down lane that is served next

  Giver(Account account, Owed owed, HubFailures failures) {
    this.account = account;
    this.owed = owed;
    this.failures = failures;
  }

  /// Gives elements to workers: first to those that wait, then ahead.
  void distribute() {
    if (account.downs.isEmpty()) {
      return;
    }
    for (DownLane down : account.downs) {
      if (down.isHungry()) {
        feed(down);
      }
    }
    int full = 0;
    while (!account.store.isEmpty() && !account.bells.takerParked && full < account.downs.size()) {
      next = (next + 1) % account.downs.size();
      DownLane down = account.downs.get(next);
      if (!down.wantsMore() && down.isDue(account.store.size())) {
        account.settle(down);
      }
      full = down.wantsMore() && give(down) ? 0 : full + 1;
    }
    for (DownLane down : account.downs) {
      account.bells.mark(down);
    }
  }

  private void feed(DownLane down) {
    account.settle(down);
    if (down.unclaimed() == 0) {
      account.callBackIfEmpty();
      var _ = give(down);
    }
  }

  /// {@return whether there is an element for a worker that has none}
  boolean canFeed() {
    return !account.store.isEmpty() || account.away > 0;
  }

  /// Gives the next element that can be given. One that cannot be, to no worker, is dropped: the
  /// others do not wait for it.
  private boolean give(DownLane down) {
    Parcel parcel;
    while ((parcel = account.store.peekFirst()) != null) {
      try {
        if (!down.write(parcel)) {
          return false;
        }
      } catch (VirtualMachineError e) { // no stack or memory at the moment
        owed.later(failures::lookLater);
        return false;
      } catch (RuntimeException | Error e) {
        account.dropFirst(e);
        continue;
      }
      account.store.removeFirst();
      account.away++;
      ring(down.lane, down.peer);
      return true;
    }
    return false;
  }

  /// Gives places to workers that put.
  void grant() {
    if (account.closed || account.bells.keepsRoom() || account.ups.isEmpty()) {
      return;
    }
    int share = Math.max(1, Math.min(Lane.MOST_AHEAD, account.capacity / (2 * account.ups.size())));
    for (UpLane up : account.ups) {
      if (up.places() <= share / 2) {
        account.admit(up);
        give(up, Math.min(account.room(), share - up.places()));
      }
      if (up.places() == 0 && up.lane.isWaiting() && account.makeRoom()) {
        give(up, 1);
      }
    }
  }

  /// {@return whether there is a place for a worker that has none}
  boolean canGrant(UpLane up) {
    return up.places() == 0
        && !account.closed
        && !account.bells.keepsRoom()
        && (account.room() > 0 || account.given > 0);
  }

  private void give(UpLane up, int places) {
    if (places > 0) {
      up.give(places);
      account.given += places;
      ring(up.lane, up.peer);
    }
  }

  void ring(Lane lane, Peer peer) {
    if (lane.isWaiting()) {
      lane.stopWaiting();
      owed.ring(peer);
    }
  }

  /// Gives an element to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean fetchFor(int worker) {
    boolean fetched = false;
    account.refresh();
    for (DownLane down : account.downs) {
      if (down.peer.number() == worker) {
        feed(down);
        fetched |= down.unclaimed() > 0 || account.checkEnd();
      }
    }
    return fetched;
  }

  /// Gives a place to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean makeRoomFor(int worker) {
    boolean made = account.closed;
    account.refresh();
    for (UpLane up : account.ups) {
      if (up.peer.number() == worker && !account.closed) {
        if (up.places() == 0 && (account.room() > 0 || account.makeRoom())) {
          give(up, 1);
        }
        made |= up.places() > 0;
      }
    }
    return made;
  }
}
