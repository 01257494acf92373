package dev.tandem.pools.internal.channel;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.queues.internal.Steps;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The elements of a channel between processes, in the pool's process, and the lanes that its
/// workers have.
///
/// ```text
///   worker that puts ── up lane ──┐                      ┌── down lane ── worker that takes
///                                 ├──▶ store (by number) ┤
///   putter here ──────────────────┘                      └── taker here
/// ```
///
/// What belongs where is in the [Account], under the lock of this class. No code of users, no
/// decoding and no socket is used under it: see [Owed].
///
/// **Order.** Elements have numbers in the order in which they came in. What is called back from a
/// lane, or comes back from a dead worker, goes before all with greater numbers.
///
/// **Waiting.** A taker or putter of this process that is going to park first sets the bells of the
/// lanes, then looks at them once more (see [Lane]). A worker that rings has [#rung] called, by the
/// reader of its second connection. What a worker waits for is given to it by whichever thread has
/// made that possible, and its waiting flag says that it must be told. A worker that is told, and
/// has no thread any more that waits, rings back, so that another gets it.
final class Hub extends Steps<Parcel> {
  private static final int PASSES = 16;

  private final Object lock = new Object();
  private final Account account; // @GuardedBy("lock")
  private final Owed owed;
  final DoneElements done;
  final HubFailures failures;
  private volatile Runnable onOver = () -> {};

  /// @param directory where the files of large elements are
  Hub(long id, int capacity, boolean redelivers, Path directory) {
    this.owed = new Owed(lock, id);
    this.failures = new HubFailures(id, this);
    Departed departed = new Departed(id, directory, owed);
    this.account = new Account(capacity, redelivers, owed, departed, this);
    this.done = new DoneElements(lock, account, this);
  }

  // ---- what threads of this process do

  @Override
  public int tryPut(Parcel parcel) {
    boolean wakes;
    boolean owes;
    synchronized (lock) {
      if (account.closed) {
        return CLOSED;
      }
      if (account.room() <= 0 && !account.makeRoom()) {
        return FULL;
      }
      account.put(parcel);
      wakes = account.bells.wakesTaker();
      owes = owed.isSome();
    }
    wake(wakes, false, false);
    payIf(owes);
    return PUT;
  }

  @Override
  public @Nullable Object tryTake() {
    Parcel parcel;
    boolean wakes;
    boolean end;
    boolean owes;
    synchronized (lock) {
      parcel = account.take();
      wakes = parcel != null && account.bells.wakesPutter();
      if (parcel != null && !wakes) {
        account.giver.grant();
      }
      end = account.checkEnd();
      owes = owed.isSome();
    }
    wake(false, wakes, end && parcel != null);
    payIf(owes);
    return parcel == null && end ? END : parcel;
  }

  @Override
  public boolean armTake() {
    boolean mayPark;
    synchronized (lock) {
      account.bells.wantPuts();
      account.fetch();
      mayPark = account.store.isEmpty() && !account.checkEnd();
      account.bells.takerParked |= mayPark;
    }
    owed.pay();
    return mayPark;
  }

  @Override
  public boolean armPut(boolean exact) {
    boolean mayPark;
    synchronized (lock) {
      account.bells.parkPutter(exact); // stays so for others, if this one need not wait
      mayPark = !account.closed && account.room() <= 0 && !account.makeRoom();
    }
    owed.pay();
    return mayPark;
  }

  @Override
  public void rearmTake() {
    synchronized (lock) {
      account.bells.takerParked = true;
      account.bells.wantPuts();
    }
  }

  @Override
  public void rearmPut(boolean exact) {
    synchronized (lock) {
      account.bells.parkPutter(exact);
    }
  }

  @Override
  public boolean putsExactly() {
    return account.quarter == 0 || Thread.currentThread().isVirtual();
  }

  @Override
  public boolean canTake() {
    boolean can;
    synchronized (lock) {
      account.giver.distribute(); // workers may wait for what the taker that leaves was given
      can = !account.store.isEmpty() || account.checkEnd();
    }
    owed.pay();
    return can;
  }

  @Override
  public boolean canPut() {
    boolean can;
    synchronized (lock) {
      can = account.room() > 0 || account.closed;
      account.bells.putterParked &= !can; // the next is woken, if there is one
      account.giver.grant();
    }
    owed.pay();
    return can;
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!account.closed) {
        account.close();
      }
    }
    wake(false, false, true);
    owed.pay();
  }

  @Override
  public @Nullable Throwable closeCause() {
    return null; // closed through the channel
  }

  @Override
  public boolean isClosed() {
    synchronized (lock) {
      return account.closed;
    }
  }

  @Override
  public int size() {
    return (int) count(figures -> figures.store.size() + figures.away);
  }

  @Override
  public int capacity() {
    return account.capacity;
  }

  @Override
  public int atHand() {
    return (int) count(figures -> figures.store.size());
  }

  @Override
  public int roomAtHand() {
    return (int) count(Account::room);
  }

  @Override
  public int mostAtOnce() {
    return Math.min(account.capacity, Lane.MOST_AHEAD);
  }

  @Override
  public long puts() {
    return count(figures -> figures.puts);
  }

  @Override
  public long takes() {
    return count(figures -> figures.takes);
  }

  private long count(ToLongFunction<Account> figure) {
    long count;
    boolean owes;
    synchronized (lock) {
      account.refresh();
      count = figure.applyAsLong(account);
      owes = owed.isSome();
    }
    payIf(owes);
    return count;
  }

  // ---- outside of the lock

  private void wake(boolean taker, boolean putter, boolean all) {
    if (taker) {
      var _ = waits().wakeTaker();
    }
    if (putter && !waits().wakePutter()) {
      synchronized (lock) {
        account.giver.grant(); // the putter has left, and workers may wait for the room
      }
      owed.pay();
    }
    if (all) {
      waits().wakeAll();
    }
  }

  private void payIf(boolean owes) {
    if (owes) {
      owed.pay();
    }
  }

  /// Takes note that elements are done that workers had taken.
  void doneElsewhere(int count) {
    waits().doneElsewhere(count);
  }

  // ---- what workers do

  /// Does what a worker has made possible, or waits for. Any thread.
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
    boolean wakesTaker;
    boolean wakesPutter;
    boolean end;
    boolean again;
    synchronized (lock) {
      account.look();
      if (account.bells.takerParked) {
        account.fetch();
      }
      account.giver.distribute();
      account.giver.grant();
      end = account.checkEnd();
      wakesTaker = account.bells.wakesTaker();
      wakesPutter = account.bells.wakesPutter();
      again = account.bells.findNews();
    }
    wake(wakesTaker, wakesPutter, end);
    owed.pay();
    return again;
  }

  /// Adds the lane of a worker that puts.
  ///
  /// @return false if the channel is closed
  boolean add(UpLane up) {
    synchronized (lock) {
      if (account.closed) {
        return false;
      }
      account.ups.add(up);
    }
    return added(up.peer);
  }

  /// Adds the lane of a worker that takes.
  ///
  /// @return false if the channel has ended
  boolean add(DownLane down) {
    synchronized (lock) {
      if (account.ended) {
        return false;
      }
      account.downs.add(down);
    }
    return added(down.peer);
  }

  private boolean added(Peer peer) {
    rung();
    if (peer.isGone()) {
      leave(peer.number(), true, true);
    }
    return true;
  }

  /// Takes note that a worker is gone, or needs its lanes no more. {@return whether it has put}
  ///
  /// @param down whether the lane goes, too, through which it takes
  /// @param dead whether it cannot say any more that elements are done
  boolean leave(int worker, boolean down, boolean dead) {
    boolean hasPut;
    synchronized (lock) {
      hasPut = account.leave(worker, down, dead);
    }
    rung();
    return hasPut;
  }

  /// Gives an element to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean fetchFor(int worker) {
    boolean fetched;
    synchronized (lock) {
      fetched = account.giver.fetchFor(worker);
    }
    owed.pay();
    return fetched;
  }

  /// Gives a place to a worker that finds none in its lane.
  ///
  /// @return false if there is none
  boolean makeRoomFor(int worker) {
    boolean made;
    synchronized (lock) {
      made = account.giver.makeRoomFor(worker);
    }
    owed.pay();
    return made;
  }

  /// Sets what is run when the channel has ended, and no worker has a lane.
  void whenOver(Runnable action) {
    onOver = action;
  }

  void over() {
    onOver.run();
  }

  /// {@return whether nothing is left to take, and nothing will be put}
  boolean hasEnded() {
    synchronized (lock) {
      return account.ended;
    }
  }

  /// {@return whether there was an element with a file}
  boolean hadFiles() {
    synchronized (lock) {
      return account.hadFiles;
    }
  }

  /// Reads the files of the elements that are left: the pool ends, and its directory goes.
  void readFiles() {
    synchronized (lock) {
      for (Parcel parcel : account.store) {
        Spill.readAhead(parcel);
      }
    }
  }

  /// {@return how many workers put, and take, in words}
  String lanes() {
    synchronized (lock) {
      return "%s workers put, %s take".formatted(account.ups.size(), account.downs.size());
    }
  }
}
