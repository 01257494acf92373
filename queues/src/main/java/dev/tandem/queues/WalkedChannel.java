package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A [WordChannel] whose middle can be looked at and removed from, for the queue view.
abstract class WalkedChannel<E> extends WordChannel<E> {
  /// How many removals moved elements. Changed while frozen.
  private final AtomicInteger moves = new AtomicInteger();

  WalkedChannel(int capacity, ChannelOptions<E> options) {
    super(capacity, options);
  }

  /// Begins a walk at the next element to take, or at an earlier one.
  abstract Walk walk();

  @Override
  @SuppressWarnings("unchecked") // nothing else is put
  final @Nullable E peek() {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(C);
      if (nothingAt(w & SEQUENCE) != RETRY) {
        return null;
      }
      Object element = walk().get(w & SEQUENCE);
      // Unchanged and not frozen: nobody took or moved it in between.
      if (element != null && (w & FROZEN) == 0 && ((words.get(C) ^ w) & (SEQUENCE | FROZEN)) == 0) {
        return (E) element;
      }
    }
  }

  /// Holds off takers, and returns the sequence number of the next take.
  private long freeze() {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.getAndSetBits(C, FROZEN);
      if ((w & FROZEN) == 0) {
        return w & SEQUENCE;
      }
    }
  }

  /// Lets takers go on, and takes the first element if it is given.
  private void unfreeze(@Nullable Walk first) {
    while (true) {
      long w = words.get(C);
      long to = first == null ? w & ~FROZEN : afterTake(w & ~FROZEN, 1);
      if (words.compareAndSet(C, w, to)) {
        if (first != null) {
          first.set(w & SEQUENCE, null);
          wakeAfterTake(w, to);
        }
        return;
      }
    }
  }

  @Override
  final List<Held> snapshot() {
    List<Held> all = new ArrayList<>();
    // A removal moves elements, so a walk meanwhile may see one twice: it must not be under way at
    // the beginning (it counts before it moves, and is frozen until it is done) nor begin later.
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      int before = moves.get();
      boolean quiet = (words.get(C) & FROZEN) == 0;
      long from = takes();
      collect(from, puts(), before, all);
      if (quiet && before == moves.get()) {
        return all;
      }
      all.clear();
    }
  }

  /// The elements with these numbers that nobody takes meanwhile.
  private void collect(long from, long end, int before, List<Held> all) {
    Walk walk = walk();
    int tries = 0;
    for (long i = from; i < end; ) {
      Object element = walk.get(i);
      if (takes() > i) {
        i++; // taken, and its place may have got another element
      } else if (element != null) {
        all.add(new Held(element, i, before));
        i++;
      } else {
        tries = Spin.forStep(tries); // its putter has not finished
      }
    }
  }

  @Override
  final boolean remove(Held held) {
    long first = freeze();
    Walk head = null; // the first place, once what was in it has been moved away or is to go
    try {
      // Each removal since then moved the element up by one place, or not at all.
      long last = held.place() + (moves.get() - held.moves());
      long found = find(held.element(), Math.max(first, held.place()), Math.min(last + 1, puts()));
      if (found >= 0) {
        moves.incrementAndGet();
        moveUp(first, found);
        head = walk();
        head.get(first); // now: when takers go on, they may leave its segment behind
      }
    } finally {
      unfreeze(head);
    }
    return head != null;
  }

  /// Where an element is, by reference, or -1.
  private long find(Object element, long from, long end) {
    Walk walk = walk();
    int tries = 0;
    for (long i = from; i < end; ) {
      Object there = walk.get(i);
      if (there == element) {
        return i;
      } else if (there != null) {
        i++;
      } else {
        tries = Spin.forStep(tries); // its putter has not finished
      }
    }
    return -1;
  }

  /// Moves the elements from one place on up by one, over the last.
  private void moveUp(long from, long last) {
    Walk walk = walk();
    Object carried = walk.get(from);
    for (long i = from + 1; i <= last; i++) {
      Object there = walk.get(i);
      walk.set(i, carried);
      carried = there;
    }
  }
}
