package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pool's end of the lane of a worker that takes. @GuardedBy("the hub's lock")
///
/// What was written and not claimed is the pool's still: it can be called back.
final class DownLane {
  final Peer peer;
  final Lane lane;
  private final RecordWriter writer;
  private final Runnable onClose;
  private final Deque<Entry> unclaimed = new ArrayDeque<>();

  /// What was claimed and not said to be done, the oldest first; null if that is not kept.
  private final @Nullable Deque<Parcel> undone;

  /// What was claimed and has a file, unless [#undone] has it; files may be gone already.
  private final Deque<Parcel> files = new ArrayDeque<>();

  private int claimed;
  private int done;
  private int doneNow;
  private int window = 1;
  private int missed; // elements since the last look that were not written

  /// The worker has written what cannot be: the pool reads nothing more.
  private boolean broken;

  private record Entry(Parcel parcel, RecordWriter.Place place) {}

  /// @param keeps whether what is not said to be done is kept
  /// @param onClose frees its memory
  DownLane(Peer peer, Lane lane, RecordWriter writer, boolean keeps, Runnable onClose) {
    this.peer = peer;
    this.lane = lane;
    this.writer = writer;
    this.onClose = onClose;
    this.undone = keeps ? new ArrayDeque<>() : null;
  }

  /// {@return how many elements it had claimed at the last look}
  int claimed() {
    return claimed;
  }

  int unclaimed() {
    return unclaimed.size();
  }

  /// {@return how many elements the worker has claimed and not said to be done}
  int open() {
    return claimed - done;
  }

  /// {@return whether there is something to call back}
  boolean canCallBack() {
    return !broken && !unclaimed.isEmpty();
  }

  /// {@return whether a thread of the worker waits for an element, and there is none for it}
  boolean isHungry() {
    return unclaimed.isEmpty() && lane.isWaiting();
  }

  /// {@return whether more should be written ahead of what the worker asks for}
  boolean wantsMore() {
    return unclaimed.size() < window;
  }

  /// {@return whether the pool should look again at a lane that had as many elements as it should}
  /// Each look takes a cache line from the worker. So the pool looks when the first element is kept
  /// back, and sets a mark; and after that only now and then, unless the mark has rung.
  ///
  /// @param kept how many elements are kept back
  boolean isDue(int kept) {
    return kept == 1 || lane.isWaiting() || 4 * ++missed >= window;
  }

  /// Writes an element.
  ///
  /// @return false if there is no room for it
  boolean write(Parcel parcel) {
    RecordWriter.Place place = writer.write(parcel);
    if (place == null) {
      return false;
    }
    boolean given = false;
    try {
      unclaimed.addLast(new Entry(parcel, place));
      lane.quota.give(1);
      given = true;
    } finally {
      if (!given) {
        writer.backTo(place);
      }
    }
    return true;
  }

  /// {@return whether the worker has done something since the last look that the pool should see:
  /// it has reached its mark, or cannot reach it any more, or is done with an element}
  boolean hasNews() {
    if (broken) {
      return false;
    }
    int used = lane.quota.used();
    int ahead = lane.mark() - used;
    int left = unclaimed.size() - (used - claimed);
    boolean missesMark = used != claimed && left < ahead && ahead < Lane.FAR / 2;
    return ahead <= 0 || missesMark || lane.done() != done;
  }

  /// Looks what the worker has claimed.
  ///
  /// @return how many elements
  int settle() throws BrokenLaneException {
    if (broken) {
      return 0;
    }
    missed = 0;
    doneNow = lane.done(); // first: what is done was claimed before
    int count = lane.quota.used() - claimed;
    if (count < 0 || count > unclaimed.size()) {
      broken = true;
      throw new BrokenLaneException(
          "broken lane: %s elements claimed of %s".formatted(count, unclaimed.size()));
    }
    if (count > 0 && count == unclaimed.size()) {
      window = Math.min(2 * window, Lane.MOST_AHEAD); // it was too little
    }
    for (int i = 0; i < count; i++) {
      Parcel parcel = unclaimed.removeFirst().parcel;
      if (undone != null) {
        undone.addLast(parcel);
      } else if (parcel.file != null) {
        keep(parcel);
      }
    }
    claimed += count;
    return count;
  }

  /// Keeps the file of a claimed element in mind, which the worker removes when it has read it.
  private void keep(Parcel parcel) {
    while (!files.isEmpty() && Spill.isGone(files.peekFirst())) {
      files.removeFirst();
    }
    files.addLast(parcel);
  }

  /// Removes the files of elements that the dead worker had claimed and not read. Not under the
  /// lock.
  void dropFiles() {
    files.forEach(Spill::drop);
    files.clear();
  }

  /// Looks what the worker has said to be done, after [#settle()].
  ///
  /// @return how many elements
  int settleDone() throws BrokenLaneException {
    int count = doneNow - done;
    if (count < 0 || count > claimed - done) {
      broken = true;
      doneNow = done;
      throw new BrokenLaneException(
          "broken lane: %s elements done of %s".formatted(count, claimed - done));
    }
    for (int i = 0; i < count && undone != null; i++) {
      Spill.drop(undone.removeFirst());
    }
    done += count;
    return count;
  }

  /// Calls back elements that are not claimed, the newest first.
  ///
  /// @param kept how many stay, at most
  /// @return the elements, the oldest first; after [#settle()]
  List<Parcel> callBack(int kept) {
    int count =
        Math.clamp(lane.quota.takeBack(kept), 0, unclaimed.size()); // not more if it is broken
    window = Math.max(1, window / 2);
    List<Parcel> back = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Entry entry = unclaimed.removeLast();
      writer.backTo(entry.place);
      back.addFirst(entry.parcel);
    }
    return back;
  }

  /// Gives up what a broken lane holds.
  ///
  /// @return how many elements
  int abandon() {
    int count = unclaimed.size();
    unclaimed.clear();
    return count;
  }

  /// Frees the memory. Not under the lock.
  void close() {
    onClose.run();
  }

  /// {@return what the worker has claimed and not said to be done, the oldest first, if that is
  /// kept} It is removed from here.
  List<Parcel> takeUndone() {
    if (undone == null) {
      return List.of();
    }
    List<Parcel> all = new ArrayList<>(undone);
    undone.clear();
    return all;
  }
}
