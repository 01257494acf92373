package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The account of a hub: where each element and each place is. @GuardedBy("the hub's lock")
///
/// Each place of the capacity is in exactly one state: free; given to a worker that puts; an
/// element in the store; an element in a down lane that is not claimed; with redelivery, an element
/// that was claimed and is not done. Places and elements change state under the lock, but for two
/// steps that a worker takes alone, with its lane's [Quota]: a given place becomes an element, and
/// an unclaimed element is claimed. The pool reads how often when it next looks, and takes back
/// what was not used exactly. So the bound, the end and the close are exact, whatever a worker
/// does, and a worker that is killed leaves the account right.
final class Account {
  final int capacity;

  /// The room that wakes a putter which need not know of the first place.
  final int quarter;

  final boolean redelivers;
  private final Owed owed;
  private final Departed departed;
  final Bells bells = new Bells(this);
  final Giver giver;
  private final Hub hub;
  final Deque<Parcel> store = new ArrayDeque<>(); // ascending numbers
  final List<UpLane> ups = new ArrayList<>();
  final List<DownLane> downs = new ArrayList<>();

  private long nextNumber;
  int given; // places of workers that they have not used
  int away; // elements in down lanes that are not claimed
  private int undone; // with redelivery: elements that were claimed and are not done
  boolean closed;
  boolean ended;
  boolean hadFiles;
  private boolean over; // it has ended, and no worker has a lane
  long puts;
  long takes;
  long lost;

  Account(int capacity, boolean redelivers, Owed owed, Departed departed, Hub hub) {
    this.capacity = capacity;
    this.quarter = capacity >> 2;
    this.redelivers = redelivers;
    this.owed = owed;
    this.departed = departed;
    this.hub = hub;
    this.giver = new Giver(this, owed, hub.failures);
  }

  int room() {
    return capacity - store.size() - given - away - undone;
  }

  /// Puts an element, for which there is room.
  void put(Parcel parcel) {
    add(parcel);
    giver.distribute();
  }

  /// {@return the next element; null if there is none anywhere}
  @Nullable Parcel take() {
    Parcel parcel = store.pollFirst();
    if (parcel == null) {
      fetch();
      parcel = store.pollFirst();
    }
    takes += parcel == null ? 0 : 1;
    return parcel;
  }

  /// Looks what workers have done.
  void refresh() {
    for (UpLane up : ups) {
      admit(up);
    }
    for (DownLane down : downs) {
      settle(down);
    }
  }

  /// Looks what workers have done, and whether they put in a stream.
  void look() {
    long before = puts;
    refresh();
    bells.found(puts - before);
  }

  void admit(UpLane up) {
    try {
      if (up.admit(this::admit) > 0) {
        giver.ring(up.lane, up.peer); // it may wait for room in the lane
      }
    } catch (BrokenLaneException | RuntimeException | Error e) { // the rest cannot be read
      broken(up.peer, e);
    }
  }

  private void admit(Parcel parcel) {
    given--;
    add(parcel);
  }

  private void add(Parcel parcel) {
    parcel.isPut = true;
    hadFiles |= parcel.file != null;
    parcel.number = nextNumber++;
    store.addLast(parcel);
    puts++;
  }

  void settle(DownLane down) {
    try {
      int claimed = down.settle();
      away -= claimed;
      takes += claimed;
      if (redelivers) {
        undone += claimed;
      }
      int done = down.settleDone();
      if (done > 0) {
        hub.done.use();
        undone -= redelivers ? done : 0;
        owed.later(() -> hub.doneElsewhere(done));
      }
    } catch (BrokenLaneException e) {
      broken(down.peer, e);
    }
  }

  private void broken(Peer peer, Throwable e) {
    owed.later(() -> peer.lose("what it has written in a channel cannot be read: " + e));
  }

  /// Gives up the first element, which cannot be given to a worker.
  void dropFirst(Throwable why) {
    Parcel parcel = store.removeFirst();
    takes++;
    lose(1);
    owed.later(() -> hub.failures.dropped(parcel, why));
  }

  /// Makes a taker of this process find what workers have: what they have put, and if that is
  /// nothing, what others have not claimed.
  void fetch() {
    for (UpLane up : ups) {
      admit(up);
    }
    callBackIfEmpty();
  }

  void callBackIfEmpty() {
    DownLane fullest;
    while (store.isEmpty() && (fullest = fullest()) != null) {
      callBack(fullest, fullest.unclaimed() / 2);
    }
  }

  private @Nullable DownLane fullest() {
    DownLane fullest = null;
    for (DownLane down : downs) {
      settle(down);
      if (down.canCallBack() && (fullest == null || down.unclaimed() > fullest.unclaimed())) {
        fullest = down;
      }
    }
    return fullest;
  }

  private void callBack(DownLane from, int kept) {
    List<Parcel> back = from.callBack(kept);
    away -= back.size();
    settle(from); // it may have claimed more before
    back.reversed().forEach(parcel -> parcel.restore(store));
  }

  /// {@return whether there is room, perhaps because places were taken back}
  boolean makeRoom() {
    for (DownLane down : downs) {
      settle(down);
    }
    for (UpLane up : ups) {
      if (room() > 0) {
        return true;
      }
      given -= up.takeBack();
      admit(up);
    }
    return room() > 0;
  }

  boolean checkEnd() {
    if (closed && !ended && store.isEmpty()) {
      refresh();
      if (store.isEmpty() && away == 0 && undone == 0) {
        ended = true;
        tellEnd();
        checkOver();
      }
    }
    return ended;
  }

  /// Has all workers told that have lanes, whether or not they wait: they give up their lanes.
  private void tellEnd() {
    Set<Peer> told = new HashSet<>();
    for (DownLane down : downs) {
      down.lane.quota.close();
      down.lane.stopWaiting();
      told.add(down.peer);
    }
    for (UpLane up : ups) {
      up.lane.stopWaiting();
      told.add(up.peer);
    }
    told.forEach(owed::ring);
  }

  private void checkOver() {
    if (ended && !over && ups.isEmpty() && downs.isEmpty()) {
      over = true;
      owed.later(hub::over);
    }
  }

  /// Closes for puts: what was put before is in, what comes later fails.
  void close() {
    closed = true;
    for (UpLane up : ups) {
      given -= up.takeBack();
      up.lane.quota.close();
      giver.ring(up.lane, up.peer);
    }
    refresh();
    giver.distribute();
    bells.setBells();
    refresh();
    var _ = checkEnd();
  }

  /// Takes note that an element is done which a worker had taken before it left.
  void doneAfterLeaving(int worker) {
    departed.done(worker);
  }

  private void lose(int count) {
    if (count > 0) {
      lost += count;
      owed.later(() -> hub.doneElsewhere(count));
    }
  }

  private void leave(DownLane down, boolean dead) {
    settle(down);
    callBack(down, 0);
    int broken = down.abandon();
    away -= broken;
    takes += broken;
    lose(broken);
    if (redelivers) {
      List<Parcel> back = down.takeUndone();
      undone -= back.size();
      takes -= back.size();
      back.reversed().forEach(parcel -> parcel.restore(store));
    } else if (dead) {
      lose(down.open());
    } else {
      departed.left(down, down.open());
    }
    if (dead) {
      owed.later(down::dropFiles);
    }
    owed.later(down::close);
  }

  /// Takes note that a worker is gone, or needs its lanes no more: what it has put is in, what it
  /// has not claimed is given to others.
  ///
  /// @param down whether the lane goes, too, through which it takes
  /// @param dead whether it cannot say any more that elements are done
  /// @return whether it has put through a lane
  boolean leave(int worker, boolean down, boolean dead) {
    for (Iterator<UpLane> all = ups.iterator(); all.hasNext(); ) {
      UpLane up = all.next();
      if (up.peer.number() == worker) {
        given -= up.takeBack();
        admit(up);
        given -= up.places(); // of a lane that is broken
        all.remove();
        departed.left(up);
      }
    }
    for (Iterator<DownLane> all = downs.iterator(); down && all.hasNext(); ) {
      DownLane lane = all.next();
      if (lane.peer.number() == worker) {
        leave(lane, dead);
        all.remove();
      }
    }
    boolean hasPut = departed.hasPut(worker);
    lose(dead ? departed.die(worker) : 0);
    checkOver();
    return hasPut;
  }
}
