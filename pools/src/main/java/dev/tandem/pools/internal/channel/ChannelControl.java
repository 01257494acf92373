package dev.tandem.pools.internal.channel;

import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.share.OwnedFiles;
import dev.tandem.queues.ChannelStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What workers ask about channels, in the pool's process.
final class ChannelControl implements Control {
  private final PoolChannels channels;
  private final OwnedFiles files;
  private final Path directory;
  private final PoolChannels.Peers peers;

  ChannelControl(
      PoolChannels channels, OwnedFiles files, Path directory, PoolChannels.Peers peers) {
    this.channels = channels;
    this.files = files;
    this.directory = directory;
    this.peers = peers;
  }

  private Peer peer(int number) {
    Peer peer = peers.peer(number);
    if (peer == null) {
      throw new IllegalStateException("worker " + number + " is gone");
    }
    return peer;
  }

  @Override
  public @Nullable SharedSegment openUp(long channel, int worker) {
    PoolChannel<?> to = channels.find(channel);
    if (to.isClosed()) {
      return null;
    }
    Peer peer = peer(worker);
    SharedSegment segment = files.newSegment(Lane.SIZE);
    Lane lane = new Lane(segment.memory());
    RecordReader reader = new RecordReader(lane, to.codec, directory, worker);
    return opened(segment, to.hub.add(new UpLane(peer, lane, reader, segment::close)));
  }

  @Override
  public @Nullable SharedSegment openDown(long channel, int worker) {
    PoolChannel<?> to = channels.find(channel);
    if (to.hub.hasEnded()) {
      return null;
    }
    Peer peer = peer(worker);
    SharedSegment segment = files.newSegment(Lane.SIZE);
    Lane lane = new Lane(segment.memory());
    RecordWriter writer = new RecordWriter(lane, to.codec);
    return opened(
        segment, to.hub.add(new DownLane(peer, lane, writer, to.redelivers, segment::close)));
  }

  private static @Nullable SharedSegment opened(SharedSegment segment, boolean isAdded) {
    if (!isAdded) { // it was closed meanwhile
      segment.close();
      return null;
    }
    return segment;
  }

  @Override
  public void leave(long channel, int worker, boolean down) {
    channels.find(channel).hub.leave(worker, down, false);
  }

  @Override
  public boolean fetch(long channel, int worker) {
    return channels.find(channel).hub.fetchFor(worker);
  }

  @Override
  public boolean makeRoom(long channel, int worker) {
    return channels.find(channel).hub.makeRoomFor(worker);
  }

  @Override
  public void close(long channel, @Nullable Throwable cause) {
    if (cause == null) {
      channels.find(channel).close();
    } else {
      channels.find(channel).closeExceptionally(cause);
    }
  }

  @Override
  public List<Object> closeNow(long channel) {
    return List.copyOf(channels.find(channel).closeNow());
  }

  @Override
  public boolean isClosed(long channel) {
    return channels.find(channel).isClosed();
  }

  @Override
  public boolean isDrained(long channel) {
    return channels.find(channel).isDrained();
  }

  @Override
  public @Nullable Throwable closeCause(long channel) {
    return channels.find(channel).closeCause();
  }

  @Override
  public int size(long channel) {
    return channels.find(channel).size();
  }

  @Override
  public void taskDone(long channel, int worker) {
    PoolChannel<?> kept = channels.findKept(channel);
    if (kept != null) { // else no thread waits for that
      kept.taskDone();
      kept.hub.done.afterLeaving(worker);
    }
  }

  @Override
  public boolean awaitDone(long channel, long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      channels.find(channel).awaitDone();
      return true;
    }
    return channels.find(channel).awaitDone(Duration.ofNanos(nanos));
  }

  @Override
  public ChannelStats stats(long channel) {
    return channels.find(channel).stats();
  }
}
