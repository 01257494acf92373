package dev.tandem.pools.internal.channel;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.internal.DumpEntry;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.queues.ChannelStats;
import dev.tandem.queues.internal.SteppedChannels;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel between processes, in the pool's.
final class PoolChannel<E> extends ProcessChannel<E> {
  private static final Logger log = LoggerFactory.getLogger(PoolChannel.class);

  final Hub hub;
  private final int capacity;
  final boolean redelivers;
  private final long control;
  private final String directory;

  /// Why it was closed; of an array of one, which may be null. Null while it is open.
  private final AtomicReference<@Nullable Throwable @Nullable []> ending = new AtomicReference<>();

  PoolChannel(
      long id,
      String name,
      int capacity,
      boolean redelivers,
      long control,
      String directory,
      Hub hub,
      ParcelCodec codec,
      Encoder encoder) {
    super(id, name, codec, encoder, hub);
    this.hub = hub;
    this.capacity = capacity;
    this.redelivers = redelivers;
    this.control = control;
    this.directory = directory;
  }

  @Override
  void openToPut() {
    // it is there
  }

  @Override
  void openToTake() {
    // it is there
  }

  @Override
  boolean fetch() {
    return false; // a poll has looked everywhere
  }

  @Override
  boolean makeRoom() {
    return false; // an offer has
  }

  @Override
  void writeTo(Output out) {
    out.putLong(id);
    out.putLong(control);
    out.putString(name);
    out.putInt(capacity);
    out.putByte(redelivers ? 1 : 0);
    out.putString(directory);
  }

  @Override
  public void close() {
    var _ = ending.compareAndSet(null, new Throwable[1]);
    parcels.close();
  }

  @Override
  public void closeExceptionally(Throwable cause) {
    var _ = ending.compareAndSet(null, new Throwable[] {notNull(cause, "cause")});
    parcels.closeExceptionally(cause);
  }

  /// {@return why it was closed; null if it is open, or was closed for no reason}
  @Nullable Throwable closeCause() {
    @Nullable Throwable[] cause = ending.get();
    return cause == null ? null : cause[0];
  }

  @Override
  public boolean isClosed() {
    return parcels.isClosed();
  }

  @Override
  public boolean isDrained() {
    return parcels.isDrained();
  }

  @Override
  @SuppressWarnings("unchecked") // only E is put
  public List<E> closeNow() {
    var _ = ending.compareAndSet(null, new Throwable[1]);
    List<Parcel> rest = new ArrayList<>(parcels.closeNow());
    rest.sort(Comparator.comparingLong(parcel -> parcel.number)); // some were called back
    List<E> left = new ArrayList<>(rest.size());
    try {
      for (Parcel parcel : rest) {
        try {
          left.add((E) codec.decode(parcel));
        } catch (UncheckedIOException e) { // the others can be handed back
          log.warn("{}: an element that was left in it cannot be accepted", this, e);
        }
      }
    } finally {
      rest.forEach(Spill::drop);
    }
    return left;
  }

  @Override
  public void taskDone() {
    parcels.taskDone();
  }

  @Override
  public void awaitDone() throws InterruptedException {
    hub.done.startWaiting();
    try {
      parcels.awaitDone();
    } finally {
      hub.done.stopWaiting();
    }
    checkNoneLost();
  }

  @Override
  public boolean awaitDone(Duration duration) throws InterruptedException {
    notNull(duration, "duration");
    hub.done.startWaiting();
    try {
      if (!parcels.awaitDone(duration)) {
        return false;
      }
    } finally {
      hub.done.stopWaiting();
    }
    checkNoneLost();
    return true;
  }

  /// Adds what a dump says of it.
  void fill(DumpEntry entry) {
    ChannelInDump.fill(entry, name, SteppedChannels.figures(parcels));
    entry.say("lanes", ", ", hub.lanes(), "");
  }

  private void checkNoneLost() {
    long lost = hub.done.lost();
    if (lost > 0) {
      throw new WorkerCrashedException(
          Kind.LOST,
          0,
          -1,
          "%s: workers have died with %s elements that they had taken and not said to be done, or could not be given them"
              .formatted(this, lost));
    }
  }

  @Override
  public int size() {
    return parcels.size();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public ChannelStats stats() {
    return parcels.stats();
  }
}
