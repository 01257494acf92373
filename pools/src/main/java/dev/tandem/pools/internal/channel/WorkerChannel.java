package dev.tandem.pools.internal.channel;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.pools.RemoteTaskException;
import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.queues.ChannelStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A channel between processes, in a worker: puts and takes through its lanes, and asks the pool
/// about all else.
final class WorkerChannel<E> extends ProcessChannel<E> {
  /// What it is part of.
  ///
  /// @param worker the number of the worker
  /// @param directory where the files of large elements are
  record Place(int worker, Path directory) {}

  final WorkerSteps steps;
  private final Place place;
  private final Control control;
  private final long controlId;
  private final int capacity;
  private final boolean redelivers;
  private volatile boolean opensUp;
  private volatile boolean opensDown;

  WorkerChannel(
      long id,
      String name,
      int capacity,
      boolean redelivers,
      Control control,
      long controlId,
      Place place,
      WorkerSteps steps,
      ParcelCodec codec,
      Encoder encoder) {
    super(id, name, codec, encoder, steps);
    this.steps = steps;
    this.place = place;
    this.control = control;
    this.controlId = controlId;
    this.capacity = capacity;
    this.redelivers = redelivers;
  }

  @Override
  void openToPut() {
    if (!opensUp) {
      openUp();
    }
  }

  private synchronized void openUp() {
    if (opensUp || !steps.lanes.startOpening()) {
      return;
    }
    try {
      SharedSegment memory = control.openUp(id, place.worker);
      if (memory != null) {
        Lane lane = new Lane(memory.memory());
        steps.lanes.open(lane, new RecordWriter(lane, codec));
      }
      opensUp = true;
    } finally {
      steps.lanes.endOpening();
    }
  }

  @Override
  void openToTake() {
    if (!opensDown) {
      openDown();
    }
  }

  private synchronized void openDown() {
    if (opensDown || !steps.lanes.startOpening()) {
      return;
    }
    try {
      SharedSegment memory = control.openDown(id, place.worker);
      if (memory != null) {
        Lane lane = new Lane(memory.memory());
        steps.lanes.open(lane, new RecordReader(lane, codec, place.directory));
      }
      opensDown = true;
    } finally {
      steps.lanes.endOpening();
    }
  }

  @Override
  boolean fetch() {
    return control.fetch(id, place.worker);
  }

  @Override
  boolean makeRoom() {
    return control.makeRoom(id, place.worker);
  }

  @Override
  void writeTo(Output out) {
    out.putLong(id);
    out.putLong(controlId);
    out.putString(name);
    out.putInt(capacity);
    out.putByte(redelivers ? 1 : 0);
    out.putString(place.directory.toString());
  }

  @Override
  public void close() {
    control.close(id, null);
  }

  @Override
  public void closeExceptionally(Throwable cause) {
    notNull(cause, "cause");
    try {
      control.close(id, cause);
    } catch (IllegalArgumentException e) { // it cannot be sent
      control.close(
          id,
          new RemoteTaskException(
              cause.getClass().getName(),
              String.valueOf(cause.getMessage()),
              cause.getStackTrace()));
    }
  }

  @Override
  public boolean isClosed() {
    return control.isClosed(id);
  }

  @Override
  public boolean isDrained() {
    return control.isDrained(id);
  }

  @Override
  @SuppressWarnings("unchecked") // only E is put
  public List<E> closeNow() {
    return (List<E>) control.closeNow(id);
  }

  @Override
  public void taskDone() {
    if (!steps.taskDone()) {
      control.taskDone(id, place.worker);
    }
  }

  @Override
  public void awaitDone() throws InterruptedException {
    var _ = control.awaitDone(id, Long.MAX_VALUE);
  }

  @Override
  public boolean awaitDone(Duration duration) throws InterruptedException {
    notNull(duration, "duration");
    return control.awaitDone(id, nanos(duration));
  }

  private static long nanos(Duration duration) {
    try {
      return Math.min(duration.toNanos(), Long.MAX_VALUE - 1);
    } catch (ArithmeticException e) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE - 1;
    }
  }

  @Override
  public int size() {
    return control.size(id);
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public ChannelStats stats() {
    return control.stats(id);
  }
}
