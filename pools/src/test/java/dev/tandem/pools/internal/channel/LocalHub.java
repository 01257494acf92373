package dev.tandem.pools.internal.channel;

import dev.tandem.queues.Channel;
import dev.tandem.queues.internal.SteppedChannels;
import dev.tandem.queues.internal.Steps;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A hub with its workers in one JVM: real lanes in memory of this process, and bells that ring at
/// once, in the thread that rings.
final class LocalHub {
  private static final Path NO_FILES = Path.of("target");

  final Hub hub;
  private final boolean redelivers;
  private final RecordWriter.Definitions definitions;

  /// The channel as the pool's process has it.
  final Channel<Parcel> pool;

  private final Map<Integer, LocalWorker> workers = new HashMap<>();

  LocalHub(int capacity) {
    this(capacity, false);
  }

  LocalHub(int capacity, boolean redelivers) {
    this(capacity, redelivers, (_, _) -> new byte[0]);
  }

  /// @param definitions that the lanes of workers that take are given
  LocalHub(int capacity, RecordWriter.Definitions definitions) {
    this(capacity, false, definitions);
  }

  private LocalHub(int capacity, boolean redelivers, RecordWriter.Definitions definitions) {
    hub = new Hub(1, capacity, redelivers, NO_FILES);
    this.redelivers = redelivers;
    this.definitions = definitions;
    pool = channel("pool", hub);
  }

  @SuppressWarnings("unchecked") // the steps are of parcels
  private static Channel<Parcel> channel(String name, Steps<?> steps) {
    return (Channel<Parcel>) SteppedChannels.channel(name, steps);
  }

  /// {@return a parcel with a number}
  static Parcel parcel(int number) {
    byte[] content = ByteBuffer.allocate(4).putInt(number).array();
    return new Parcel(Parcel.POOL, content, Parcel.NO_DEFINITIONS, null);
  }

  /// {@return the number of a parcel; -1 if there is none}
  static int number(@Nullable Parcel parcel) {
    return parcel == null ? -1 : ByteBuffer.wrap(parcel.content).getInt();
  }

  /// {@return a worker with both lanes}
  LocalWorker worker() {
    return new LocalWorker().opensUp().opensDown();
  }

  /// {@return a worker that puts}
  LocalWorker producer() {
    return new LocalWorker().opensUp();
  }

  /// {@return a worker that takes}
  LocalWorker consumer() {
    return new LocalWorker().opensDown();
  }

  /// {@return the pool's own side, as if it were a worker}
  LocalWorker inPool() {
    return new LocalWorker(pool);
  }

  final class LocalWorker implements Peer, WorkerSteps.Pool {
    final int number;
    final WorkerSteps steps;

    /// The channel as this worker has it.
    final Channel<Parcel> channel;

    /// How often this worker has rung, and was rung.
    final AtomicInteger ringsToPool = new AtomicInteger();

    final AtomicInteger ringsToWorker = new AtomicInteger();

    /// What happens right after this worker was rung.
    Runnable afterRing = () -> {};

    private volatile boolean gone;
    @Nullable Lane up;
    @Nullable Lane down;

    private LocalWorker() {
      number = workers.size() + 1;
      workers.put(number, this);
      steps = new WorkerSteps(hub.capacity(), this);
      channel = LocalHub.channel("worker " + number, steps);
    }

    private LocalWorker(Channel<Parcel> pool) {
      number = Parcel.POOL;
      steps = new WorkerSteps(hub.capacity(), this);
      channel = pool;
    }

    /// Says that an element is done which was taken here.
    void done() {
      if (number == Parcel.POOL) {
        pool.taskDone();
      } else {
        if (!steps.taskDone()) { // it has given up its lane
          pool.taskDone();
          hub.done.afterLeaving(number);
        }
      }
    }

    private LocalWorker opensUp() {
      Lane lane = lane();
      up = lane;
      hub.add(new UpLane(this, lane, new RecordReader(lane, (_, _, _) -> {}, NO_FILES), () -> {}));
      steps.lanes.open(lane, new RecordWriter(lane, (_, _) -> new byte[0]));
      return this;
    }

    private LocalWorker opensDown() {
      Lane lane = lane();
      down = lane;
      boolean keeps = redelivers;
      hub.add(new DownLane(this, lane, new RecordWriter(lane, definitions), keeps, () -> {}));
      steps.lanes.open(lane, new RecordReader(lane, (_, _, _) -> {}, NO_FILES));
      return this;
    }

    private static Lane lane() {
      return new Lane(Arena.ofAuto().allocate(Lane.SIZE, 4096));
    }

    /// Ends this worker as a kill does, seen by the pool.
    void die() {
      gone = true;
      hub.leave(number, true, true);
    }

    // ---- the pool's side

    @Override
    public int number() {
      return number;
    }

    @Override
    public void ring(long channel) {
      ringsToWorker.incrementAndGet();
      if (!gone) {
        steps.rung();
        afterRing.run();
      }
    }

    @Override
    public void lose(String reason) {
      die();
    }

    @Override
    public boolean isGone() {
      return gone;
    }

    // ---- the worker's side

    @Override
    public void ring() {
      ringsToPool.incrementAndGet();
      if (!gone) {
        hub.rung();
      }
    }

    @Override
    public @Nullable Throwable closeCause() {
      return null;
    }

    @Override
    public void listen(boolean listens) {
      // this worker is there as long as the test
    }

    @Override
    public void leave(boolean alsoDown) {
      hub.leave(number, alsoDown, false);
    }
  }
}
