package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import dev.tandem.queues.StressStart;
import dev.tandem.queues.internal.Steps;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/// The hub of a channel and its workers in one JVM, over small lanes in the heap. Bells are counted
/// and do nothing more: a later look of the other side would hide one that is missing.
final class StressHub {
  /// The bytes of a lane's ring, in which five elements have room.
  static final int RING = 256;

  private static final int HEAD = 4096;
  private static final int CONTENT = 32;
  private static final Path NO_FILES = Path.of("target");

  final Hub hub;
  private final boolean redelivers;
  private final StressStart start = new StressStart();
  private int workers;

  StressHub(int capacity) {
    this(capacity, false);
  }

  StressHub(int capacity, boolean redelivers) {
    this.redelivers = redelivers;
    hub = new Hub(1, capacity, redelivers, NO_FILES);
    hub.attach(new Waits());
  }

  /// Lets both actors begin at the same time.
  void together() {
    start.together();
  }

  /// {@return an element that can be told from half of another}
  static Parcel parcel(int number) {
    byte[] content = new byte[CONTENT];
    Arrays.fill(content, (byte) number);
    return new Parcel(Parcel.POOL, content, Parcel.NO_DEFINITIONS, null);
  }

  /// {@return the number of an element; 0 if there is none, -1 at the end, -9 if it is not whole}
  static int number(Object taken) {
    if (taken == null) {
      return 0;
    }
    if (!(taken instanceof Parcel parcel)) {
      return -1;
    }
    byte[] content = parcel.content;
    for (byte each : content) {
      if (each != content[0]) {
        return -9;
      }
    }
    return content.length == CONTENT ? content[0] : -9;
  }

  /// Puts an element here.
  void put(int number) {
    if (hub.tryPut(parcel(number)) != Steps.PUT) {
      throw new IllegalStateException("no room");
    }
  }

  /// {@return the number of the element that is taken here}
  int take() {
    return number(hub.tryTake());
  }

  StressWorker producer() {
    StressWorker worker = new StressWorker();
    Lane lane = new Lane(memory());
    RecordReader reader = new RecordReader(lane, (_, _, _) -> {}, NO_FILES);
    worker.up = lane;
    worker.upEnd = new UpLane(worker, lane, reader, () -> {});
    worker.writer = new RecordWriter(lane, (_, _) -> new byte[0]);
    var _ = hub.add(worker.upEnd);
    worker.steps.lanes.open(lane, worker.writer);
    return worker;
  }

  StressWorker consumer() {
    StressWorker worker = new StressWorker();
    Lane lane = new Lane(memory());
    RecordWriter writer = new RecordWriter(lane, (_, _) -> new byte[0]);
    worker.down = lane;
    worker.downEnd = new DownLane(worker, lane, writer, redelivers, () -> {});
    worker.reader = new RecordReader(lane, (_, _, _) -> {}, NO_FILES);
    var _ = hub.add(worker.downEnd);
    worker.steps.lanes.open(lane, worker.reader);
    return worker;
  }

  /// Has elements come in a stream, until the one worker has four that it has not claimed.
  void stream(StressWorker putter, StressWorker taker) {
    for (int i = 0; i < 3; i++) { // each time the pool gives more ahead
      flow(putter);
      do {
        while (taker.take() != 0) {
          // all that it has
        }
        hub.rung();
      } while (taker.down.quota.left() > 0);
    }
    flow(putter);
    if (taker.down.quota.left() != 4) {
      throw new IllegalStateException("elements: " + taker.down.quota.left() + " (expected: 4)");
    }
    var _ = putter.quiet();
    var _ = taker.quiet();
  }

  /// The same, and four more that were put, and that the pool has not looked at.
  void longStream(StressWorker putter, StressWorker taker) {
    stream(putter, taker);
    putFour(putter);
  }

  private void flow(StressWorker putter) {
    putFour(putter);
    hub.rung();
  }

  private static void putFour(StressWorker putter) {
    for (int i = 1; i <= 4; i++) {
      if (!putter.puts(i)) {
        throw new IllegalStateException("no place");
      }
    }
  }

  /// {@return whether the element that one worker puts is among those that the other takes}
  static boolean putsOneAndTakesAll(StressWorker putter, StressWorker taker) {
    boolean found = !putter.puts(5);
    int number;
    while ((number = taker.take()) != 0) {
      found |= number == 5;
    }
    return found;
  }

  /// {@return the element at the start of the ring}
  static Parcel firstOf(Lane lane) {
    byte[] content = new byte[CONTENT];
    MemorySegment.copy(
        lane.ring, ValueLayout.JAVA_BYTE, RecordWriter.HEADER, content, 0, content.length);
    return new Parcel(Parcel.POOL, content, Parcel.NO_DEFINITIONS, null);
  }

  private static MemorySegment memory() {
    return MemorySegment.ofArray(new long[(HEAD + RING) / Long.BYTES]);
  }

  /// A worker, and the pool's end of its lanes.
  final class StressWorker implements Peer, WorkerSteps.Pool {
    private final int number = ++workers;
    final WorkerSteps steps = new WorkerSteps(hub.capacity(), this);

    // what the steps and the hub have, for variants that do without them
    Lane up;
    UpLane upEnd;
    RecordWriter writer;
    Lane down;
    DownLane downEnd;
    RecordReader reader;

    /// How often the worker has rung. Written by its actor.
    private int rings;

    /// How often the pool has rung. Written by its actor.
    private int rungs;

    private StressWorker() {
      steps.attach(new Waits());
    }

    /// {@return whether its element was put}
    boolean puts(int number) {
      return steps.tryPut(parcel(number)) == Steps.PUT;
    }

    /// {@return the number of the element that it takes}
    int take() {
      return StressHub.number(steps.tryTake());
    }

    /// Forgets which bells were set and rung until now.
    StressWorker quiet() {
      for (Lane lane : new Lane[] {up, down}) {
        if (lane != null) {
          var _ = lane.mustRing(Lane.PUT | Lane.PARK | Lane.DONE);
          lane.stopWaiting();
        }
      }
      rings = 0;
      rungs = 0;
      return this;
    }

    /// {@return whether this worker has told the pool}
    boolean hasRung() {
      return rings > 0;
    }

    /// {@return whether the pool has told this worker}
    boolean wasRung() {
      return rungs > 0;
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public void ring(long channel) {
      rungs++;
    }

    @Override
    public void lose(String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public boolean isGone() {
      return false;
    }

    @Override
    public void ring() {
      rings++;
    }

    @Override
    public Throwable closeCause() {
      return null;
    }

    @Override
    public void listen(boolean listens) {
      // rings are counted
    }

    @Override
    public void leave(boolean alsoDown) {
      throw new IllegalStateException("it was not closed");
    }

    /// {@return the next record, whether or not it was claimed}
    Parcel read() {
      try {
        return reader.next();
      } catch (BrokenLaneException e) {
        throw new IllegalStateException(e);
      }
    }

    /// {@return how many elements the pool finds when it looks into the lane}
    int admit() {
      try {
        return upEnd.admit(_ -> {});
      } catch (BrokenLaneException e) {
        throw new IllegalStateException(e);
      }
    }

    /// {@return how many elements the pool finds claimed when it looks into the lane}
    int settle() {
      try {
        return downEnd.settle();
      } catch (BrokenLaneException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Threads that wait, all of which can be woken.
  private static final class Waits implements Steps.Waits {
    @Override
    public boolean wakeTaker() {
      return true;
    }

    @Override
    public boolean wakePutter() {
      return true;
    }

    @Override
    public void wakeAll() {
      // seen by what the steps return
    }

    @Override
    public void doneElsewhere(int count) {
      // of no interest
    }
  }
}
