package dev.tandem.queues;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The moves of the elements of a [WalkedChannel] in its compactions.
///
/// A linked list from old to new, with an entry for each compaction and an empty one at its end. A
/// snapshot keeps the entry that was the last when it was made, so entries that no snapshot needs
/// are garbage. Used while takers are held off.
final class CompactionLog {
  private long first;
  private long[] holes = {};
  private @Nullable CompactionLog next;

  /// Fills this entry, the last: the elements from a number on have moved up over these holes.
  void write(long from, long[] sortedHoles, CompactionLog newLast) {
    first = from;
    holes = sortedHoles;
    next = newLast;
  }

  /// Returns the present number of the element that had this number when this entry was the last;
  /// -1 if it is gone.
  long map(long number) {
    long now = number;
    CompactionLog entry = this;
    while (entry.next != null && now >= 0) {
      now = entry.moved(now);
      entry = entry.next;
    }
    return now;
  }

  private long moved(long number) {
    if (number < first) {
      return -1; // was taken before
    }
    int at = Arrays.binarySearch(holes, number);
    return at >= 0 ? -1 : number + holes.length - (-at - 1);
  }
}
