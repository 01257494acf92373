package dev.tandem.pools.internal.channel;

import dev.tandem.core.internal.DumpEntry;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.Exports;
import dev.tandem.pools.internal.share.OwnedFiles;
import dev.tandem.queues.Channel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The channels between the processes of a pool, in the pool's process.
public final class PoolChannels implements HandleOpener {
  private static final Logger log = LoggerFactory.getLogger(PoolChannels.class);

  /// Finds the workers.
  public interface Peers {
    /// {@return the worker; null if it is gone}
    @Nullable Peer peer(int number);
  }

  private final String pool;
  private final Coding coding;
  private final Path directory;
  private final long control;
  private final KnownChannels<PoolChannel<?>> channels = new KnownChannels<>();
  private final PastChannels past = new PastChannels();

  /// Channels that have ended, and whose takers have not yet read all files.
  private final Queue<PoolChannel<?>> lingering = new ConcurrentLinkedQueue<>();

  private final AtomicLong count = new AtomicLong();
  private volatile boolean ended;

  /// @param pool its name
  /// @param directory where the files of large elements are
  public PoolChannels(
      String pool, Coding coding, OwnedFiles files, Exports exports, Path directory, Peers peers) {
    this.pool = pool;
    this.coding = coding;
    this.directory = directory;
    this.control = exports.add(Control.class, new ChannelControl(this, files, directory, peers));
  }

  /// {@return a new channel}
  ///
  /// @param name its name; null for one that is made up
  /// @param redelivers whether what a dead worker has taken, and not said to be done, is given to
  ///   another
  public <E> Channel<E> create(@Nullable String name, int capacity, boolean redelivers) {
    lookAtLingering();
    long id = count.incrementAndGet();
    PoolChannel<E> channel = make(id, name, capacity, redelivers);
    channel.hub.whenOver(() -> over(channel));
    var _ = channels.add(id, channel);
    channels.use(id, channel);
    if (ended) { // after that: either this thread sees it, or the end sees the channel
      end(channel);
    }
    return channel;
  }

  private <E> PoolChannel<E> make(
      long id, @Nullable String name, int capacity, boolean redelivers) {
    return new PoolChannel<>(
        id,
        name == null ? pool + "-channel-" + id : name,
        capacity,
        redelivers,
        control,
        directory.toString(),
        new Hub(id, capacity, redelivers, directory),
        new ParcelCodec(coding, new Spill(directory, Parcel.POOL, id), false),
        coding.encoder());
  }

  // ---- channels that have ended

  /// A channel has ended, and no worker has a lane of it. What a worker may still say or ask about
  /// it needs nothing of it, unless this program has it.
  private void over(PoolChannel<?> channel) {
    if (hasFiles(channel)) {
      lingering.add(channel);
    } else {
      letGo(channel);
    }
  }

  private boolean hasFiles(PoolChannel<?> channel) {
    return channel.hub.hadFiles() && Spill.hasFiles(directory, channel.id);
  }

  private void lookAtLingering() {
    lingering.removeIf(channel -> {
      boolean isRead = !hasFiles(channel);
      if (isRead) {
        letGo(channel);
      }
      return isRead;
    });
  }

  private void letGo(PoolChannel<?> channel) {
    past.add(channel.id, channel.closeCause()); // first: who does not find the channel finds this
    channels.letGo(channel.id);
  }

  private PoolChannel<?> past(long id, @Nullable String name, int capacity, boolean redelivers) {
    if (id < 1 || id > count.get()) {
      throw new IllegalArgumentException("channel: " + id + " (expected: one that was made)");
    }
    PoolChannel<?> channel = make(id, name, capacity, redelivers);
    Throwable cause = past.cause(id);
    if (cause == null) {
      channel.close();
    } else {
      channel.closeExceptionally(cause);
    }
    return channel;
  }

  /// {@return the channel; null if it has ended, and is not kept any more}
  @Nullable PoolChannel<?> findKept(long id) {
    return channels.find(id);
  }

  /// {@return the channel; one that is closed if it has ended, and is not kept any more}
  PoolChannel<?> find(long id) {
    PoolChannel<?> known = channels.find(id);
    return known == null ? past(id, null, 1, false) : known;
  }

  // ---- what comes from workers

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    long id = in.getLong();
    PoolChannel<?> known = channels.find(id);
    if (known != null) {
      return known;
    }
    var _ = in.getLong(); // the number of the control
    String name = in.getString();
    int capacity = in.getInt();
    try {
      return past(id, name, capacity, in.getByte() != 0);
    } catch (IllegalArgumentException e) {
      throw new DecodingException(String.valueOf(e.getMessage()));
    }
  }

  /// A worker has rung. Thread: the reader of its second connection.
  public void rung(long id) {
    PoolChannel<?> channel = channels.find(id);
    if (channel != null) {
      channel.hub.rung();
    }
  }

  /// A worker is gone.
  public void gone(int worker) {
    Set<Long> putTo = new HashSet<>();
    for (PoolChannel<?> channel : channels.all()) {
      long before = channel.hub.done.lost();
      if (channel.hub.leave(worker, true, true)) {
        putTo.add(channel.id); // its hub knows which files are of elements that were put
      }
      long lost = channel.hub.done.lost() - before;
      if (lost > 0 && channel.hub.done.isUsed()) {
        log.warn(
            "{}: worker {} has died with {} elements of channel '{}' that it had taken and not said"
                + " to be done",
            pool,
            worker,
            lost,
            channel.name);
      }
    }
    dropFiles(worker, putTo);
  }

  /// Removes the files that a worker which is gone has left, but for those of some channels.
  public void dropFiles(int worker, Set<Long> except) {
    Spill.dropAll(directory, worker, id -> !except.contains(id));
    lookAtLingering();
  }

  /// The pool has ended: nothing is put any more, what is left can be taken here.
  public void end() {
    ended = true;
    channels.inUse().forEach(this::end);
  }

  private void end(PoolChannel<?> channel) {
    channel.hub.readFiles();
    if (!channel.isClosed()) {
      channel.closeExceptionally(new IllegalStateException(pool + " has ended"));
    }
  }

  /// Adds each channel that has not come to its end, by their numbers.
  public void dump(DumpEntry pool) {
    pool.list("channels");
    channels.inUse().stream()
        .filter(channel -> !channel.isDrained())
        .sorted(Comparator.comparingLong(channel -> channel.id))
        .forEach(channel -> pool.add("channels", channel.name, channel::fill));
  }
}
