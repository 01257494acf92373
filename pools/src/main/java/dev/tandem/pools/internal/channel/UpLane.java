package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import java.util.function.Consumer;

/// The pool's end of the lane of a worker that puts. @GuardedBy("the hub's lock")
///
/// The pool gives places of the channel's capacity; the worker uses one for each element. So an
/// element is in the channel from the worker's one step on, whether or not the pool has looked.
final class UpLane {
  final Peer peer;
  final Lane lane;
  private final RecordReader reader;
  private final Runnable onClose;
  private int admitted;
  private int given;

  /// The worker has written what cannot be: the pool reads nothing more.
  private boolean broken;

  /// The numbers of the files of elements that the worker has put.
  private final FileNumbers files = new FileNumbers();

  /// @param onClose frees its memory
  UpLane(Peer peer, Lane lane, RecordReader reader, Runnable onClose) {
    this.peer = peer;
    this.lane = lane;
    this.reader = reader;
    this.onClose = onClose;
  }

  /// {@return how many places it has that it has not used, as far as the pool has looked}
  int places() {
    return given - admitted;
  }

  void give(int places) {
    given += places;
    lane.quota.give(places);
  }

  /// Takes back all places that are not used.
  ///
  /// @return how many
  int takeBack() {
    int back = Math.clamp(lane.quota.takeBack(0), 0, places()); // not more if it is broken
    given -= back;
    return back;
  }

  /// {@return whether the worker has put something since the last look}
  boolean hasNews() {
    return !broken && lane.quota.used() != admitted;
  }

  /// Reads what the worker has put.
  ///
  /// @return how many elements
  int admit(Consumer<Parcel> to) throws BrokenLaneException {
    int count = broken ? 0 : lane.quota.used() - admitted;
    if (count == 0) {
      return 0;
    }
    broken = true; // unless all of it can be read
    if (count < 0 || count > given - admitted) {
      throw new BrokenLaneException(
          "broken lane: %s elements in %s places".formatted(count, given - admitted));
    }
    for (int i = 0; i < count; i++) {
      Parcel parcel = reader.next();
      admitted++;
      if (parcel.file != null) {
        files.add(Spill.number(parcel.file));
      }
      to.accept(parcel);
    }
    broken = false;
    return count;
  }

  /// {@return the numbers of the files of elements that the worker has put}
  FileNumbers files() {
    return files;
  }

  /// Frees the memory. Not under the lock.
  void close() {
    onClose.run();
  }
}
