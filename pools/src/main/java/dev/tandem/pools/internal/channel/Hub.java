package dev.tandem.pools.internal.channel;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import dev.tandem.queues.internal.Steps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The elements of a channel between processes, in the pool's process: those that no worker has a
/// lane for, and the account of all others.
///
/// ```text
///   worker that puts ── up lane ──┐                      ┌── down lane ── worker that takes
///                                 ├──▶ store (by number) ┤
///   putter here ──────────────────┘                      └── taker here
/// ```
///
/// **The account.** Each place of the capacity is in exactly one state: free; given to a worker
/// that puts; an element in the store; an element in a down lane that is not claimed; with
/// redelivery, an element that was claimed and is not done. Places and elements change state under
/// the lock, but for two steps that a worker takes alone, with its lane's [Quota]: a given place
/// becomes an element, and an unclaimed element is claimed. The pool reads how often when it next
/// looks, and takes back what was not used exactly. So the bound, the end and the close are exact,
/// whatever a worker does, and a worker that is killed leaves the account right.
///
/// **Order.** Elements have numbers in the order in which they came in. What is called back from a
/// lane, or comes back from a dead worker, goes before all with greater numbers.
///
/// **Waiting.** A taker or putter of this process that is going to park first sets the bells of the
/// lanes, then looks at them once more (see [Lane]). A worker that rings has [#rung] called, by the
/// reader of its second connection. What a worker waits for is given to it by whichever thread has
/// made that possible, and its waiting flag says that it must be told.
///
/// No code of users, no decoding and no socket is used under the lock.
final class Hub extends Steps<Parcel> {
  private static final int LARGEST_WINDOW = 256;
  private static final int PASSES = 16;

  private final Object lock = new Object();
  private final long id;
  private final int capacity;

  /// The room that wakes a putter which need not know of the first place.
  private final int quarter;

  private final boolean redelivers;
  private final Deque<Parcel> store = new ArrayDeque<>(); // ascending numbers
  private final List<UpLane> ups = new ArrayList<>();
  private final List<DownLane> downs = new ArrayList<>();

  /// What workers had claimed, and not said to be done, when they left.
  private final Map<Integer, Integer> leftOpen = new HashMap<>();

  private final Deque<Peer> toRing = new ArrayDeque<>();
  private final Deque<Runnable> after = new ArrayDeque<>();
  private long nextNumber;
  private int given; // places of workers that they have not used
  private int away; // elements in down lanes that are not claimed
  private int undone; // with redelivery: elements that were claimed and are not done
  private int next; // the down lane that is served next
  private int waitersForDone;
  private boolean closed;
  private boolean ended;
  private boolean takerParked;
  private boolean putterParked;
  private boolean putterIsExact;
  private long puts;
  private long takes;
  private long lost;
  private volatile boolean doneIsUsed;

  Hub(long id, int capacity, boolean redelivers) {
    this.id = id;
    this.capacity = capacity;
    this.quarter = capacity >> 2;
    this.redelivers = redelivers;
  }

  private int room() {
    return capacity - store.size() - given - away - undone;
  }

  // ---- what threads of this process do

  @Override
  public int tryPut(Parcel parcel) {
    boolean wake;
    boolean owes;
    synchronized (lock) {
      if (closed) {
        return CLOSED;
      }
      if (room() <= 0 && !makeRoom()) {
        return FULL;
      }
      parcel.number = nextNumber++;
      store.addLast(parcel);
      puts++;
      if (!downs.isEmpty()) {
        distribute();
      }
      wake = takerParked && !store.isEmpty();
      takerParked &= !wake;
      owes = owes();
    }
    wake(wake ? 1 : 0, false, false);
    tellIf(owes);
    return PUT;
  }

  @Override
  public @Nullable Object tryTake() {
    Parcel parcel;
    boolean wake = false;
    boolean end;
    boolean owes;
    synchronized (lock) {
      parcel = store.pollFirst();
      if (parcel == null) {
        fetch();
        parcel = store.pollFirst();
      }
      if (parcel != null) {
        takes++;
        wake = wakesPutter();
        if (!wake && !ups.isEmpty()) {
          grant();
        }
      }
      end = checkEnd();
      owes = owes();
    }
    wake(0, wake, end && parcel != null);
    tellIf(owes);
    return parcel == null && end ? END : parcel;
  }

  @Override
  public boolean armTake() {
    boolean mayPark;
    synchronized (lock) {
      wantPuts();
      fetch();
      mayPark = store.isEmpty() && !checkEnd();
      takerParked |= mayPark;
    }
    tell();
    return mayPark;
  }

  @Override
  public boolean armPut(boolean exact) {
    boolean mayPark;
    synchronized (lock) {
      parkPutter(exact);
      mayPark = !closed && room() <= 0 && !makeRoom();
      putterParked = mayPark;
    }
    tell();
    return mayPark;
  }

  @Override
  public void rearmTake() {
    synchronized (lock) {
      takerParked = true;
      wantPuts();
    }
  }

  @Override
  public void rearmPut(boolean exact) {
    synchronized (lock) {
      parkPutter(exact);
    }
  }

  private void parkPutter(boolean exact) {
    putterIsExact = exact || (putterParked && putterIsExact);
    putterParked = true;
    wantClaims();
  }

  @Override
  public boolean putsExactly() {
    return quarter == 0 || Thread.currentThread().isVirtual();
  }

  /// {@return whether a putter that waits is to be woken} It then waits no more.
  private boolean wakesPutter() {
    boolean wakes = putterParked && room() >= (putterIsExact ? 1 : quarter);
    putterParked &= !wakes;
    return wakes;
  }

  @Override
  public boolean canTake() {
    boolean can;
    synchronized (lock) {
      if (!downs.isEmpty()) {
        distribute(); // the taker that leaves was given something that workers may wait for
      }
      can = !store.isEmpty() || checkEnd();
    }
    tell();
    return can;
  }

  @Override
  public boolean canPut() {
    boolean can;
    synchronized (lock) {
      can = room() > 0 || closed;
      if (!ups.isEmpty()) {
        grant();
      }
    }
    tell();
    return can;
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        for (UpLane up : ups) {
          given -= up.takeBack();
          up.lane.quota.close();
          ring(up.lane, up.peer);
        }
        refresh();
        distribute();
        wantClaims();
        refresh();
        var _ = checkEnd();
      }
    }
    wake(Integer.MAX_VALUE, true, true);
    tell();
  }

  @Override
  public @Nullable Throwable closeCause() {
    return null; // closed through the channel
  }

  @Override
  public boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  @Override
  public int size() {
    int size;
    synchronized (lock) {
      refresh();
      size = store.size() + away;
    }
    tell();
    return size;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public long puts() {
    long count;
    boolean owes;
    synchronized (lock) {
      refresh();
      count = puts;
      owes = owes();
    }
    tellIf(owes);
    return count;
  }

  @Override
  public long takes() {
    long count;
    boolean owes;
    synchronized (lock) {
      refresh();
      count = takes;
      owes = owes();
    }
    tellIf(owes);
    return count;
  }

  // ---- the account; under the lock

  /// Looks what workers have done.
  private void refresh() {
    for (UpLane up : ups) {
      admit(up);
    }
    for (DownLane down : downs) {
      settle(down);
    }
  }

  private void admit(UpLane up) {
    try {
      int count = up.admit(this::add);
      given -= count;
      if (count > 0) {
        ring(up.lane, up.peer); // it may wait for room in the lane
      }
    } catch (BrokenLaneException e) {
      broken(up.peer, e);
    }
  }

  private void add(Parcel parcel) {
    parcel.number = nextNumber++;
    store.addLast(parcel);
    puts++;
  }

  private void settle(DownLane down) {
    try {
      int claimed = down.settle();
      away -= claimed;
      takes += claimed;
      if (redelivers) {
        undone += claimed;
      }
      int done = down.settleDone();
      if (done > 0) {
        doneIsUsed = true;
        undone -= redelivers ? done : 0;
        after.add(() -> waits().doneElsewhere(done));
      }
    } catch (BrokenLaneException e) {
      broken(down.peer, e);
    }
  }

  private void broken(Peer peer, BrokenLaneException e) {
    after.add(() -> peer.lose(String.valueOf(e.getMessage())));
  }

  /// Makes a taker of this process find what workers have: what they have put, and if that is
  /// nothing, what others have not claimed.
  private void fetch() {
    for (UpLane up : ups) {
      admit(up);
    }
    callBackIfEmpty();
  }

  private void callBackIfEmpty() {
    DownLane fullest;
    while (store.isEmpty() && (fullest = fullest()) != null) {
      callBack(fullest, fullest.unclaimed() / 2);
    }
  }

  private @Nullable DownLane fullest() {
    DownLane fullest = null;
    for (DownLane down : downs) {
      settle(down);
      if (down.unclaimed() > 0 && (fullest == null || down.unclaimed() > fullest.unclaimed())) {
        fullest = down;
      }
    }
    return fullest;
  }

  private void callBack(DownLane from, int kept) {
    List<Parcel> back = from.callBack(kept);
    away -= back.size();
    settle(from); // it may have claimed more before
    back.reversed().forEach(this::restore);
  }

  /// Puts an element back in its place.
  private void restore(Parcel parcel) {
    Deque<Parcel> before = new ArrayDeque<>();
    while (!store.isEmpty() && store.peekFirst().number < parcel.number) {
      before.addLast(store.pollFirst());
    }
    store.addFirst(parcel);
    while (!before.isEmpty()) {
      store.addFirst(before.pollLast());
    }
  }

  /// {@return whether there is room, perhaps because places were taken back}
  private boolean makeRoom() {
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

  /// Gives elements to workers: first to those that wait, then ahead.
  private void distribute() {
    for (DownLane down : downs) {
      if (down.isHungry()) {
        feed(down);
      }
    }
    int full = 0;
    while (!store.isEmpty() && !takerParked && full < downs.size()) {
      next = (next + 1) % downs.size();
      DownLane down = downs.get(next);
      if (!down.wantsMore()) {
        settle(down);
      }
      full = down.wantsMore() && give(down) ? 0 : full + 1;
    }
    for (DownLane down : downs) {
      setMark(down);
    }
  }

  private void feed(DownLane down) {
    settle(down);
    if (down.unclaimed() == 0) {
      callBackIfEmpty();
      var _ = give(down);
    }
  }

  private boolean give(DownLane down) {
    Parcel parcel = store.peekFirst();
    if (parcel == null || !down.write(parcel)) {
      return false;
    }
    store.removeFirst();
    away++;
    ring(down.lane, down.peer);
    return true;
  }

  /// Says after how many claims of a worker this process must act. A mark that is good enough stays:
  /// writing it takes the cache line from the worker.
  private void setMark(DownLane down) {
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
      return putterIsExact ? 1 : Math.clamp(quarter - (long) room(), 1, unclaimed);
    }
    if (closed && !ended && store.isEmpty()) {
      return unclaimed;
    }
    return !store.isEmpty() || needsPlaces() ? Math.max(1, unclaimed / 2) : Lane.FAR;
  }

  private boolean needsPlaces() {
    if (room() <= 0) {
      for (UpLane up : ups) {
        if (up.lane.isWaiting()) {
          return true;
        }
      }
    }
    return false;
  }

  /// Gives places to workers that put.
  private void grant() {
    if (closed || putterParked) {
      return;
    }
    int share = Math.max(1, Math.min(LARGEST_WINDOW, capacity / (2 * ups.size())));
    for (UpLane up : ups) {
      if (up.places() <= share / 2) {
        admit(up);
        give(up, Math.min(room(), share - up.places()));
      }
      if (up.places() == 0 && up.lane.isWaiting() && makeRoom()) {
        give(up, 1);
      }
    }
  }

  private void give(UpLane up, int places) {
    if (places > 0) {
      up.give(places);
      given += places;
      ring(up.lane, up.peer);
    }
  }

  private void ring(Lane lane, Peer peer) {
    if (lane.isWaiting()) {
      lane.stopWaiting();
      toRing.add(peer);
    }
  }

  private boolean checkEnd() {
    if (closed && !ended && store.isEmpty()) {
      refresh();
      if (store.isEmpty() && away == 0 && undone == 0) {
        ended = true;
        for (DownLane down : downs) {
          down.lane.quota.close();
          ring(down.lane, down.peer);
        }
      }
    }
    return ended;
  }

  // ---- bells; under the lock

  private void wantPuts() {
    for (UpLane up : ups) {
      up.lane.want(Lane.PUT);
    }
  }

  private void wantClaims() {
    for (DownLane down : downs) {
      setMark(down);
    }
  }

  // ---- any thread

  /// Does what a worker has made possible, or waits for.
  void rung() {
    for (int i = 0; i < PASSES; i++) {
      if (!pass()) {
        return;
      }
    }
    // workers are at work all the time, and the caller has other things to do
    TaskTimer.handOver(this::rung);
  }

  /// {@return whether workers have done something meanwhile}
  private boolean pass() {
    int wakeTakers = 0;
    boolean wakePutter;
    boolean end;
    boolean again;
    synchronized (lock) {
      refresh();
      if (takerParked) {
        callBackIfEmpty();
      }
      if (!downs.isEmpty()) {
        distribute();
      }
      if (!ups.isEmpty()) {
        grant();
      }
      setBells();
      end = checkEnd();
      if (takerParked && (!store.isEmpty() || end)) {
        wakeTakers = 1;
        takerParked = false;
      }
      wakePutter = wakesPutter();
      again = hasNews();
    }
    wake(wakeTakers, wakePutter, end);
    tell();
    return again;
  }

  private void setBells() {
    boolean relays = !downs.isEmpty();
    for (UpLane up : ups) {
      up.lane.want(Lane.PARK | (takerParked || relays ? Lane.PUT : 0));
    }
    boolean done = waitersForDone > 0 || (redelivers && (closed || room() <= 0));
    for (DownLane down : downs) {
      down.lane.want(Lane.PARK | (done ? Lane.DONE : 0));
      setMark(down);
    }
  }

  private boolean hasNews() {
    for (UpLane up : ups) {
      if (up.hasNews()) {
        return true;
      }
    }
    for (DownLane down : downs) {
      if (down.hasNews()) {
        return true;
      }
    }
    return false;
  }

  /// {@return whether there is something that [#tell] must do; under the lock}
  private boolean owes() {
    return !toRing.isEmpty() || !after.isEmpty();
  }

  /// Tells other threads. Not under the lock.
  private void wake(int takers, boolean putter, boolean all) {
    if (takers > 0) {
      waits().wakeTakers(takers);
    }
    if (putter) {
      waits().wakePutter();
    }
    if (all) {
      waits().wakeAll();
    }
  }

  private void tellIf(boolean owes) {
    if (owes) {
      tell();
    }
  }

  /// Tells other processes, and does what may take time. Not under the lock. What fails, for want of
  /// stack or memory, stays owed: the next operation does it.
  private void tell() {
    while (true) {
      Peer peer;
      Runnable next;
      synchronized (lock) {
        peer = toRing.pollFirst();
        next = peer == null ? after.pollFirst() : null;
      }
      try {
        if (peer != null) {
          peer.ring(id);
        } else if (next != null) {
          next.run();
        } else {
          return;
        }
      } catch (Throwable e) {
        synchronized (lock) {
          if (peer != null) {
            toRing.addFirst(peer);
          } else {
            after.addFirst(next);
          }
        }
        return;
      }
    }
  }

  // ---- lanes

  /// Adds the lane of a worker that puts.
  void add(UpLane up) {
    synchronized (lock) {
      if (closed) {
        up.lane.quota.close();
      }
      ups.add(up);
    }
    rung();
    forgetIfGone(up.peer);
  }

  /// Adds the lane of a worker that takes.
  void add(DownLane down) {
    synchronized (lock) {
      if (ended) {
        down.lane.quota.close();
      }
      downs.add(down);
    }
    rung();
    forgetIfGone(down.peer);
  }

  private void forgetIfGone(Peer peer) {
    if (peer.isGone()) {
      leave(peer.number(), true);
    }
  }

  /// Takes note that a worker is gone, or needs its lanes no more: what it has put is in, what it
  /// has not claimed is given to others.
  ///
  /// @param dead whether it cannot say any more that elements are done
  void leave(int worker, boolean dead) {
    synchronized (lock) {
      for (Iterator<UpLane> all = ups.iterator(); all.hasNext(); ) {
        UpLane up = all.next();
        if (up.peer.number() == worker) {
          given -= up.takeBack();
          admit(up);
          given -= up.places(); // of a lane that is broken
          all.remove();
          after.add(up::close);
        }
      }
      for (Iterator<DownLane> all = downs.iterator(); all.hasNext(); ) {
        DownLane down = all.next();
        if (down.peer.number() == worker) {
          leave(down, dead);
          all.remove();
          after.add(down::close);
        }
      }
    }
    if (dead) {
      synchronized (lock) {
        Integer open = leftOpen.remove(worker);
        lose(open == null ? 0 : open);
      }
    }
    rung();
  }

  private void lose(int count) {
    if (count > 0) {
      lost += count;
      after.add(() -> waits().doneElsewhere(count));
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
      back.reversed().forEach(this::restore);
    } else if (dead) {
      lose(down.open());
    } else if (down.open() > 0) {
      leftOpen.merge(down.peer.number(), down.open(), Integer::sum);
    }
  }

  /// Takes note that an element is done which a worker had taken before it left.
  void doneAfterLeaving(int worker) {
    synchronized (lock) {
      doneIsUsed = true;
      leftOpen.computeIfPresent(worker, (_, open) -> open == 1 ? null : open - 1);
    }
  }

  /// Gives an element to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean fetchFor(int worker) {
    boolean fetched = false;
    synchronized (lock) {
      refresh();
      for (DownLane down : downs) {
        if (down.peer.number() == worker) {
          feed(down);
          fetched |= down.unclaimed() > 0 || checkEnd();
        }
      }
    }
    tell();
    return fetched;
  }

  /// Gives a place to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean makeRoomFor(int worker) {
    boolean made;
    synchronized (lock) {
      made = closed;
      refresh();
      for (UpLane up : ups) {
        if (up.peer.number() == worker && !closed) {
          if (up.places() == 0 && (room() > 0 || makeRoom())) {
            give(up, 1);
          }
          made |= up.places() > 0;
        }
      }
    }
    tell();
    return made;
  }

  // ---- elements that are done

  /// A thread waits until all elements are done.
  void startWaitingForDone() {
    synchronized (lock) {
      waitersForDone++;
      doneIsUsed = true;
      setBells();
    }
    rung();
  }

  void stopWaitingForDone() {
    synchronized (lock) {
      waitersForDone--;
    }
  }

  /// {@return how many elements workers had taken, and not said to be done, when they died}
  long lost() {
    synchronized (lock) {
      return lost;
    }
  }

  boolean doneIsUsed() {
    return doneIsUsed;
  }
}
