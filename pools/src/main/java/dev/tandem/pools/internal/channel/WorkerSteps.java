package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import dev.tandem.queues.internal.Steps;
import org.jspecify.annotations.Nullable;

/// What threads of a worker put into a channel, and take from it, through its lanes.
///
/// The lock keeps threads of this process apart; the pool does not wait for it.
final class WorkerSteps extends Steps<Parcel> {
  /// The way to the pool.
  interface Pool {
    /// Tells the pool that it has something to do.
    void ring();

    /// {@return why the channel was closed; null if for no reason}
    @Nullable Throwable closeCause();

    /// Frees the lane through which this worker puts.
    ///
    /// @param down whether the other goes, too; if not, a thread may be about to open it
    void leave(boolean down);

    /// Has the pool's rings come here, or not any more.
    void listen(boolean listens);
  }

  private final Object lock = new Object();
  private final Pool pool;
  private final int capacity;
  final WorkerLanes lanes; // @GuardedBy("lock")
  private long puts;
  private long takes;
  private long done;

  WorkerSteps(int capacity, Pool pool) {
    this.capacity = capacity;
    this.pool = pool;
    this.lanes = new WorkerLanes(lock, pool, this);
  }

  /// Wakes all threads that wait.
  void wakeAll() {
    waits().wakeAll();
  }

  @Override
  public boolean isShownElsewhere() {
    return false;
  }

  @Override
  public int tryPut(Parcel parcel) {
    boolean rings;
    synchronized (lock) {
      Lane lane = lanes.up;
      RecordWriter to = lanes.writer;
      if (lane == null || to == null) {
        return CLOSED;
      }
      if (!lane.quota.isLeft()) {
        return lane.quota.isClosed() ? CLOSED : FULL;
      }
      RecordWriter.Place place = to.write(parcel);
      if (place == null) {
        return FULL;
      }
      int used = lane.quota.use();
      if (used != Quota.USED) {
        to.backTo(place);
        return used == Quota.CLOSED ? CLOSED : FULL;
      }
      parcel.isPut = true;
      puts++;
      rings = lane.mustRing(Lane.PUT);
    }
    ringIf(rings);
    return PUT;
  }

  @Override
  public @Nullable Object tryTake() {
    Parcel parcel;
    boolean rings;
    synchronized (lock) {
      Lane lane = lanes.down;
      RecordReader from = lanes.reader;
      if (lane == null || from == null) {
        return END;
      }
      int used = lane.quota.use();
      if (used != Quota.USED) {
        lanes.foundEnd |= used == Quota.CLOSED;
        return used == Quota.CLOSED ? END : null;
      }
      takes++;
      try {
        parcel = from.next();
      } catch (BrokenLaneException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
      rings = lane.quota.used() - lane.mark() >= 0;
      if (rings) {
        lane.setMark(lane.quota.used() + Lane.FAR);
      }
    }
    ringIf(rings);
    return parcel;
  }

  private void ringIf(boolean rings) {
    if (rings) {
      pool.ring();
    }
  }

  @Override
  public boolean armTake() {
    boolean rings;
    synchronized (lock) {
      Lane lane = lanes.down;
      if (lane == null) {
        return false;
      }
      lane.startWaiting(false);
      if (lane.quota.isLeft() || lane.quota.isClosed()) {
        return false;
      }
      rings = lane.mustRing(Lane.PARK);
    }
    ringIf(rings);
    return true;
  }

  @Override
  public boolean armPut(boolean exact) {
    boolean rings;
    synchronized (lock) {
      Lane lane = lanes.up;
      if (lane == null) {
        return false;
      }
      lane.startWaiting(exact);
      if (lane.quota.isClosed() || canWrite(lane)) {
        return false;
      }
      rings = lane.mustRing(Lane.PARK);
    }
    ringIf(rings);
    return true;
  }

  private boolean canWrite(Lane lane) {
    RecordWriter to = lanes.writer;
    return lane.quota.isLeft() && to != null && to.hasRoomForLargest();
  }

  @Override
  public void rearmTake() {
    synchronized (lock) {
      if (lanes.down != null) {
        lanes.down.startWaiting(false);
      }
    }
  }

  @Override
  public void rearmPut(boolean exact) {
    synchronized (lock) {
      if (lanes.up != null) {
        lanes.up.startWaiting(exact);
      }
    }
  }

  @Override
  public boolean putsExactly() {
    return capacity < 4 || Thread.currentThread().isVirtual();
  }

  @Override
  public boolean canTake() {
    boolean left;
    boolean closed;
    synchronized (lock) {
      Lane lane = lanes.down;
      left = lane != null && lane.quota.isLeft();
      closed = lane == null || lane.quota.isClosed();
    }
    ringIf(left); // no thread here may want what the pool has given to one that leaves
    return left || closed;
  }

  @Override
  public boolean canPut() {
    synchronized (lock) {
      Lane lane = lanes.up;
      return lane == null || lane.quota.isClosed() || lane.quota.isLeft();
    }
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("the pool closes it");
  }

  @Override
  public @Nullable Throwable closeCause() {
    return lanes.closeCause();
  }

  @Override
  public boolean isClosed() {
    synchronized (lock) {
      return lanes.closed || lanes.foundEnd || (lanes.up != null && lanes.up.quota.isClosed());
    }
  }

  @Override
  public int size() {
    synchronized (lock) {
      return lanes.down == null ? 0 : lanes.down.quota.left();
    }
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int atHand() {
    return size();
  }

  @Override
  public int roomAtHand() {
    synchronized (lock) {
      return lanes.up == null ? 0 : lanes.up.quota.left();
    }
  }

  @Override
  public int mostAtOnce() {
    return Math.min(capacity, Lane.MOST_AHEAD);
  }

  @Override
  public long puts() {
    synchronized (lock) {
      return puts;
    }
  }

  @Override
  public long takes() {
    synchronized (lock) {
      return takes;
    }
  }

  /// Says that an element is done which this worker has taken.
  ///
  /// @return false if all that it has taken are
  boolean taskDone() {
    boolean rings;
    synchronized (lock) {
      Lane lane = lanes.down;
      if (lane == null || done == takes) {
        return false;
      }
      done++;
      lane.addDone();
      rings = lane.mustRing(Lane.DONE);
    }
    ringIf(rings);
    return true;
  }

  /// Wakes threads of this worker: the pool has rung. What was given to a wait, and no thread waits
  /// for any more, is said to the pool: another process may wait for it.
  void rung() {
    boolean closed;
    boolean elements;
    boolean places;
    synchronized (lock) {
      closed =
          (lanes.down != null && lanes.down.quota.isClosed())
              || (lanes.up != null && lanes.up.quota.isClosed());
      elements = lanes.down != null && lanes.down.isAnswered() && lanes.down.quota.isLeft();
      places = lanes.up != null && lanes.up.isAnswered() && lanes.up.quota.isLeft();
    }
    if (closed) {
      wakeAll();
    }
    boolean taker = waits().wakeTaker(); // whatever it finds: its waiting flag may be clear
    boolean putter = waits().wakePutter();
    ringIf((elements && !taker) || (places && !putter));
    lanes.leaveSoonIfOver();
  }
}
