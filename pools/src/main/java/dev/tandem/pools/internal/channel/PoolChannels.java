package dev.tandem.pools.internal.channel;

import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.Exports;
import dev.tandem.pools.internal.share.OwnedFiles;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private final OwnedFiles files;
  private final Exports exports;
  private final Path directory;
  private final Peers peers;
  private final Map<Long, PoolChannel<?>> channels = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private volatile boolean ended;

  /// @param pool its name
  /// @param directory where the files of large elements are
  public PoolChannels(
      String pool, Coding coding, OwnedFiles files, Exports exports, Path directory, Peers peers) {
    this.pool = pool;
    this.coding = coding;
    this.files = files;
    this.exports = exports;
    this.directory = directory;
    this.peers = peers;
  }

  /// {@return a new channel}
  ///
  /// @param name its name; null for one that is made up
  /// @param redelivers whether what a dead worker has taken, and not said to be done, is given to
  ///   another
  public <E> Channel<E> create(@Nullable String name, int capacity, boolean redelivers) {
    long id = count.incrementAndGet();
    Hub hub = new Hub(id, capacity, redelivers, directory);
    ParcelCodec codec = new ParcelCodec(coding, new Spill(directory, Parcel.POOL, id), false);
    ChannelControl control = new ChannelControl();
    PoolChannel<E> channel =
        new PoolChannel<>(
            id,
            name == null ? pool + "-channel-" + id : name,
            capacity,
            redelivers,
            exports.add(Control.class, control),
            directory.toString(),
            hub,
            codec,
            coding.encoder());
    control.channel = channel;
    channels.put(id, channel);
    if (ended) { // after the put: either this thread sees it, or the end sees the channel
      end(channel);
    }
    return channel;
  }

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    PoolChannel<?> channel = channels.get(in.getLong());
    if (channel == null) {
      throw new DecodingException("there is no such channel");
    }
    return channel;
  }

  /// A worker has rung. Thread: the reader of its second connection.
  public void rung(long id) {
    PoolChannel<?> channel = channels.get(id);
    if (channel != null) {
      channel.hub.rung();
    }
  }

  /// A worker is gone.
  public void gone(int worker) {
    for (PoolChannel<?> channel : channels.values()) {
      long before = channel.hub.done.lost();
      channel.hub.leave(worker, true, true);
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
  }

  /// The pool has ended: nothing is put any more, what is left can be taken here.
  public void end() {
    ended = true;
    channels.values().forEach(this::end);
  }

  private void end(PoolChannel<?> channel) {
    channel.hub.readFiles();
    if (!channel.isClosed()) {
      channel.closeExceptionally(new IllegalStateException(pool + " has ended"));
    }
  }

  /// {@return a line about each channel that has not come to its end, by their numbers}
  public List<String> describe() {
    return channels.values().stream()
        .filter(channel -> !channel.isDrained())
        .sorted(Comparator.comparingLong(channel -> channel.id))
        .map(PoolChannel::describe)
        .toList();
  }

  /// What workers ask about a channel.
  private final class ChannelControl implements Control {
    private @Nullable PoolChannel<?> channel; // set before a worker knows of it

    private PoolChannel<?> channel() {
      PoolChannel<?> known = channel;
      if (known == null) {
        throw new IllegalStateException("no channel");
      }
      return known;
    }

    private Peer peer(int number) {
      Peer peer = peers.peer(number);
      if (peer == null) {
        throw new IllegalStateException("worker " + number + " is gone");
      }
      return peer;
    }

    @Override
    public SharedSegment openUp(int worker) {
      Peer peer = peer(worker);
      SharedSegment segment = files.newSegment(Lane.SIZE);
      Lane lane = new Lane(segment.memory());
      PoolChannel<?> to = channel();
      RecordReader reader = new RecordReader(lane, to.codec, directory);
      to.hub.add(new UpLane(peer, lane, reader, segment::close));
      return segment;
    }

    @Override
    public SharedSegment openDown(int worker) {
      Peer peer = peer(worker);
      SharedSegment segment = files.newSegment(Lane.SIZE);
      Lane lane = new Lane(segment.memory());
      PoolChannel<?> to = channel();
      RecordWriter writer = new RecordWriter(lane, to.codec);
      to.hub.add(new DownLane(peer, lane, writer, to.redelivers, segment::close));
      return segment;
    }

    @Override
    public void leave(int worker, boolean down) {
      channel().hub.leave(worker, down, false);
    }

    @Override
    public boolean fetch(int worker) {
      return channel().hub.fetchFor(worker);
    }

    @Override
    public boolean makeRoom(int worker) {
      return channel().hub.makeRoomFor(worker);
    }

    @Override
    public void close(@Nullable Throwable cause) {
      if (cause == null) {
        channel().close();
      } else {
        channel().closeExceptionally(cause);
      }
    }

    @Override
    public List<Object> closeNow() {
      return List.copyOf(channel().closeNow());
    }

    @Override
    public boolean isClosed() {
      return channel().isClosed();
    }

    @Override
    public boolean isDrained() {
      return channel().isDrained();
    }

    @Override
    public @Nullable Throwable closeCause() {
      return channel().closeCause();
    }

    @Override
    public int size() {
      return channel().size();
    }

    @Override
    public void taskDone(int worker) {
      channel().taskDone();
      channel().hub.done.afterLeaving(worker);
    }

    @Override
    public boolean awaitDone(long nanos) throws InterruptedException {
      if (nanos == Long.MAX_VALUE) {
        channel().awaitDone();
        return true;
      }
      return channel().awaitDone(Duration.ofNanos(nanos));
    }

    @Override
    public ChannelStats stats() {
      return channel().stats();
    }
  }
}
