package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Looks at the elements of a [WalkedChannel], removes from the middle, and holds elements for a
/// receiver, beside the putters and takers.
final class WalkedInterior<E> implements Interior<E> {
  /* LOOKING is a walk from the first number up, beside all other threads. It misses no element that
   * is in the channel the whole time: a compaction writes the higher place first, so an element is
   * always at or above the place where it was. Whether an element that was read was still in is
   * known from the takes, read after it. An equal element may be put behind the walk's end while
   * another one is taken in front of it: so a search says no only if it has come to the end of all
   * that was put, or nothing was taken meanwhile, and after some rounds looks at a snapshot.
   *
   * A SNAPSHOT is read beside all other threads, too. It is that of one moment if nothing was taken
   * or removed meanwhile; if that fails some times, takers are held off while it is copied. */

  private static final int TRIES = 3;

  private final WalkedChannel<E> channel;

  WalkedInterior(WalkedChannel<E> channel) {
    this.channel = channel;
  }

  /// Returns the word that takers change.
  private long takersWord() {
    return channel.words.get(WordChannel.C);
  }

  private long nextToTake() {
    return takersWord() & WordChannel.SEQUENCE;
  }

  /// Returns whether nothing was taken or removed since the word was read without FROZEN.
  private boolean isUnchanged(long word) {
    long flags = WordChannel.SEQUENCE | WordChannel.FROZEN | WordChannel.ODD;
    return ((takersWord() ^ word) & flags) == 0;
  }

  private long returned() {
    return channel.words.get(WordChannel.RETURNED);
  }

  // ---- looking

  @Override
  @SuppressWarnings("unchecked") // only E is put
  public @Nullable E peek() {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = takersWord();
      if ((w & WordChannel.ODD) != 0) {
        Object element = peekOdd();
        if (element != WordChannel.RETRY) {
          return (E) element;
        }
        continue;
      }
      long next = w & WordChannel.SEQUENCE;
      if (channel.nothingAt(next) != WordChannel.RETRY) {
        return null;
      }
      Object element = channel.walk().get(next);
      if (element != null && (w & WordChannel.FROZEN) == 0 && isUnchanged(w)) {
        return (E) element;
      }
    }
  }

  private @Nullable Object peekOdd() {
    long c = channel.freeze();
    long to = c;
    try {
      Object element = channel.returned.peek();
      if (element != null) {
        return element;
      }
      Walk walk = channel.walk();
      to = channel.skipHoles(walk, c);
      if (channel.nothingAt(to) != WordChannel.RETRY) {
        return null;
      }
      element = walk.get(to);
      return element == null ? WordChannel.RETRY : element;
    } finally {
      channel.unfreeze(c, to, false);
    }
  }

  @Override
  public boolean search(Object wanted, boolean remove) {
    while (true) {
      Boolean found = walkFor(wanted, remove);
      if (found != null) {
        return found;
      }
      Snapshot all = snapshot();
      int at = all.find(wanted, 0);
      if (at < 0) {
        return false;
      }
      do {
        if (!remove || all.remove(at)) {
          return true;
        }
        at = all.find(wanted, at + 1);
      } while (at >= 0);
    }
  }

  /// Searches beside all other threads; null if they were too fast to know.
  private @Nullable Boolean walkFor(Object wanted, boolean remove) {
    long taken = channel.takes();
    Walk walk = channel.walk();
    long i = nextToTake();
    for (int round = 0; round < TRIES && returned() == 0; round++) {
      long end = channel.puts();
      for (int tries = 0; i < end; ) {
        CompactionLog before = channel.log();
        Object element = walk.get(i);
        long c = nextToTake();
        if (c > i) {
          i = c; // taken, and its place may have got another element
        } else if (element == null) {
          tries = Spin.forStep(tries); // its putter has not finished
        } else {
          if (element != WalkedChannel.TOMBSTONE
              && wanted.equals(element)
              && (!remove || removeFound(walk, i, before, element))) {
            return true;
          }
          i++;
        }
      }
      if ((channel.puts() <= i || channel.takes() == taken) && returned() == 0) {
        return false;
      }
    }
    return null;
  }

  @Override
  public Snapshot snapshot() {
    for (int i = 0; i < TRIES; i++) {
      Copied copied = copyBeside();
      if (copied != null) {
        return copied;
      }
    }
    return copyFrozen();
  }

  /// Copies beside all other threads; null if they were faster.
  private @Nullable Copied copyBeside() {
    long w = takersWord();
    if ((w & (WordChannel.FROZEN | WordChannel.ODD)) != 0) {
      return null;
    }
    CompactionLog last = channel.log();
    long from = w & WordChannel.SEQUENCE;
    int n = (int) (channel.puts() - from);
    Walk walk = channel.walk();
    Copied copied = new Copied(n, walk, last);
    for (int i = 0, tries = 0; i < n; ) {
      Object element = walk.get(from + i);
      if (element != null) {
        copied.elements[i] = element;
        copied.places[i] = from + i;
        i++;
      } else if (takersWord() != w && nextToTake() != from) {
        return null;
      } else {
        tries = Spin.forStep(tries); // its putter has not finished, or it is taken
      }
    }
    return isUnchanged(w) ? copied : null;
  }

  private Copied copyFrozen() {
    long c = channel.freeze();
    try {
      long end = channel.puts();
      Walk walk = channel.walk();
      int n = (int) (end - c - channel.words.get(WordChannel.HOLES) + returned());
      Copied copied = new Copied(n, walk, channel.log());
      int at = channel.returned.copyTo(copied.elements, copied.places);
      for (long i = c; i < end; i++) {
        Object element = walk.get(i);
        for (int tries = 0; element == null; element = walk.get(i)) {
          tries = Spin.forStep(tries); // its putter has not finished
        }
        if (element != WalkedChannel.TOMBSTONE) {
          copied.elements[at] = element;
          copied.places[at++] = i;
        }
      }
      return copied;
    } finally {
      channel.unfreeze(c, c, false);
    }
  }

  /// Elements with their numbers at that time; a returned element has the complement of its number.
  private final class Copied extends Snapshot {
    private final Walk walk;
    private final CompactionLog since;

    Copied(int size, Walk walk, CompactionLog since) {
      super(new Object[size], new long[size]);
      this.walk = walk;
      this.since = since;
    }

    @Override
    boolean remove(int index) {
      Object element = Checks.notNull(elements[index], "element");
      return places[index] < 0
          ? removeReturned(~places[index], element)
          : removeCopied(walk, places[index], since, element);
    }
  }

  // ---- removing

  private boolean removeCopied(Walk walk, long number, CompactionLog since, Object element) {
    return remove(
        walk,
        next -> {
          long now = since.map(number);
          return now >= next && walk.get(now) == element ? now : -1;
        });
  }

  /// Removes what a walk found; if elements have moved meanwhile, at any later place.
  private boolean removeFound(Walk walk, long number, CompactionLog before, Object element) {
    return remove(
        walk,
        next -> {
          long now = Math.max(next, number);
          long end = channel.log() == before ? number + 1 : channel.puts();
          while (now < end && walk.get(now) != element) {
            now++;
          }
          return now < end ? now : -1;
        });
  }

  /// Makes a hole at the number that the finder returns, or nowhere if that is -1. The finder gets
  /// the next number to take, and works while frozen.
  private boolean remove(Walk walk, LongUnaryOperator finder) {
    long c = channel.freeze();
    long to = c;
    boolean removed = false;
    try {
      long number = finder.applyAsLong(c);
      removed = number >= 0;
      if (removed) {
        walk.set(number, WalkedChannel.TOMBSTONE);
        channel.count(WordChannel.HOLES, 1);
        to = number == c ? channel.skipHoles(walk, c) : c;
      }
    } finally {
      channel.unfreeze(c, to, removed);
    }
    if (removed) {
      channel.compactIfSparse();
    }
    return removed;
  }

  private boolean removeReturned(long number, Object element) {
    long c = channel.freeze();
    boolean removed = false;
    try {
      removed = channel.returned.remove(number, element);
      if (removed) {
        channel.count(WordChannel.RETURNED, -1);
        channel.count(WordChannel.HELD, -1);
      }
    } finally {
      channel.unfreeze(c, c, removed);
    }
    return removed;
  }

  @Override
  public void discard() {
    BatchTake.discard(channel);
  }

  // ---- holding

  @Override
  public void hold(HeldBatch batch) {
    for (int tries = 0; !fill(batch); ) {
      tries = Spin.forStep(tries);
    }
  }

  /// Fills a batch; false if the first element's putter has not finished.
  private boolean fill(HeldBatch batch) {
    long c = channel.freeze();
    long to = c;
    try {
      ReturnedElements returned = channel.returned;
      Object element;
      while (!batch.isFull() && (element = returned.peek()) != null) {
        batch.add(element, returned.number());
        returned.pass();
        channel.count(WordChannel.RETURNED, -1);
      }
      Walk walk = channel.walk();
      to = channel.skipHoles(walk, to);
      while (!batch.isFull() && to < channel.puts()) {
        element = walk.get(to);
        if (element == null) {
          return batch.count > 0;
        }
        batch.add(element, to);
        walk.set(to++, null);
        channel.count(WordChannel.HELD, 1);
        to = channel.skipHoles(walk, to);
      }
    } finally {
      channel.unfreeze(c, to, false);
    }
    return true;
  }

  @Override
  public void settle(HeldBatch batch) {
    int left = batch.left();
    long c = channel.freeze();
    try {
      channel.count(WordChannel.HELD, -batch.next);
      if (left > 0) {
        channel.returned.add(batch);
        channel.count(WordChannel.RETURNED, left);
      }
    } finally {
      channel.unfreeze(c, c, batch.next > 0);
    }
    // A taker that looked before this is in the list, and is woken; one that looks later sees it.
    try {
      channel.wakeTakers(channel.isClosed() ? Integer.MAX_VALUE : left);
    } catch (Throwable _) {
      channel.takersOwed = true;
    }
  }
}
