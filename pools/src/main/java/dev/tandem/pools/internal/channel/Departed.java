package dev.tandem.pools.internal.channel;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What workers that have given up their lanes leave behind until they die: elements that they had
/// claimed and not said to be done, and files of elements. @GuardedBy("the hub's lock")
final class Departed {
  private final long channel;
  private final Path directory;
  private final Owed owed;
  private final Map<Integer, Integer> open = new HashMap<>();
  private final Map<Integer, FileNumbers> files = new HashMap<>();

  /// @param channel the number of the channel
  /// @param directory where the files of large elements are
  Departed(long channel, Path directory, Owed owed) {
    this.channel = channel;
    this.directory = directory;
    this.owed = owed;
  }

  /// A worker puts no more through this lane.
  void left(UpLane up) {
    files.computeIfAbsent(up.peer.number(), _ -> new FileNumbers()).addAll(up.files());
    owed.later(up::close);
  }

  /// A worker takes no more through this lane, and is alive.
  ///
  /// @param count how many elements it has claimed, and not said to be done
  void left(DownLane down, int count) {
    if (count > 0) {
      open.merge(down.peer.number(), count, Integer::sum);
    }
  }

  /// An element is done which a worker had taken before it left.
  void done(int worker) {
    open.computeIfPresent(worker, (_, count) -> count == 1 ? null : count - 1);
  }

  /// {@return whether a worker that has left has had a lane through which it put}
  boolean hasPut(int worker) {
    return files.containsKey(worker);
  }

  /// A worker that has left is dead. The files of elements that it has written and not put go, if
  /// it has put anything; else the pool lets them go.
  ///
  /// @return how many elements it had claimed, and not said to be done
  int die(int worker) {
    FileNumbers put = files.remove(worker);
    if (put != null) {
      owed.later(() -> Spill.dropRest(directory, worker, channel, put));
    }
    Integer count = open.remove(worker);
    return count == null ? 0 : count;
  }
}
