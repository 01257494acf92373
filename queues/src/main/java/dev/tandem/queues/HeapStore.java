package dev.tandem.queues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Least first; equal elements in the order in which they came.
final class HeapStore<E> implements Store<E> {
  /* A binary heap (Williams, "Heapsort", 1964) and not java.util.PriorityQueue, for three reasons: it
   * does not allocate, it keeps equal elements in order by their number, and a comparator that
   * throws changes nothing: a change first finds its path through the heap, which needs the
   * comparator, and then moves the elements, which does not. PriorityQueue loses an element then. */

  private final Comparator<? super E> order;
  private @Nullable Object[] elements;
  private long[] numbers;
  private int size;
  private long nextNumber;

  HeapStore(Comparator<? super E> order) {
    this(order, new Object[16], new long[16], 0);
  }

  private HeapStore(
      Comparator<? super E> order, @Nullable Object[] elements, long[] numbers, int size) {
    this.order = order;
    this.elements = elements;
    this.numbers = numbers;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // only E is added
  private E at(int i) {
    return (E) Checks.notNull(elements[i], "element");
  }

  private boolean less(E a, long numberOfA, E b, long numberOfB) {
    int compared = order.compare(a, b);
    return compared < 0 || (compared == 0 && numberOfA < numberOfB);
  }

  private void place(int i, @Nullable Object e, long number) {
    elements[i] = e;
    numbers[i] = number;
  }

  @Override
  public void add(E e) {
    long number = nextNumber;
    int to = pathUp(size, e, number);
    if (size == elements.length) {
      grow();
    }
    moveDown(size, to);
    place(to, e, number);
    size++;
    nextNumber++;
  }

  /// Both or none, if there is not enough memory.
  private void grow() {
    int length = (int) Math.min(2L * size, Integer.MAX_VALUE - 8);
    @Nullable Object[] moreElements = Arrays.copyOf(elements, length);
    numbers = Arrays.copyOf(numbers, length);
    elements = moreElements;
  }

  /// Where an element that stands at a hole belongs, looking towards the root.
  private int pathUp(int hole, E e, long number) {
    int i = hole;
    while (i > 0 && less(e, number, at((i - 1) >>> 1), numbers[(i - 1) >>> 1])) {
      i = (i - 1) >>> 1;
    }
    return i;
  }

  /// Moves what is on the path from one place up to another down by one level.
  private void moveDown(int from, int to) {
    for (int i = from; i > to; i = (i - 1) >>> 1) {
      place(i, elements[(i - 1) >>> 1], numbers[(i - 1) >>> 1]);
    }
  }

  @Override
  public @Nullable E remove() {
    return size == 0 ? null : removeAt(0);
  }

  private E removeAt(int hole) {
    E removed = at(hole);
    int last = size - 1;
    if (hole < last) {
      E moved = at(last);
      long number = numbers[last];
      int up = pathUp(hole, moved, number);
      int down = up == hole ? pathDown(hole, last, moved, number) : hole;
      if (up < hole) {
        moveDown(hole, up);
        place(up, moved, number);
      } else {
        moveUp(hole, down);
        place(down, moved, number);
      }
    }
    place(last, null, 0);
    size = last;
    return removed;
  }

  /// Where an element that would stand at a hole belongs, looking away from the root.
  private int pathDown(int hole, int end, E e, long number) {
    int i = hole;
    while (2 * i + 1 < end) {
      int child = 2 * i + 1;
      if (child + 1 < end && less(at(child + 1), numbers[child + 1], at(child), numbers[child])) {
        child++;
      }
      if (!less(at(child), numbers[child], e, number)) {
        break;
      }
      i = child;
    }
    return i;
  }

  /// Moves what is on the path from one place down to another up by one level.
  private void moveUp(int from, int to) {
    // The path is found from its end: each place has one parent.
    int depth = depth(to) - depth(from);
    for (int i = from; depth > 0; depth--) {
      int child = ((to + 1) >>> (depth - 1)) - 1;
      place(i, elements[child], numbers[child]);
      i = child;
    }
  }

  private static int depth(int i) {
    return 31 - Integer.numberOfLeadingZeros(i + 1);
  }

  @Override
  public @Nullable E peek() {
    return size == 0 ? null : at(0);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Held> snapshot() {
    HeapStore<E> copy = new HeapStore<>(order, elements.clone(), numbers.clone(), size);
    List<Held> all = new ArrayList<>();
    while (copy.size > 0) {
      long number = copy.numbers[0];
      all.add(new Held(copy.removeAt(0), number, 0));
    }
    return all;
  }

  @Override
  public boolean remove(Held held) {
    for (int i = 0; i < size; i++) {
      if (numbers[i] == held.place()) { // numbers are never used twice
        removeAt(i);
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Held> clear() {
    List<Held> all;
    try {
      all = snapshot();
    } catch (RuntimeException | Error _) { // the order's failure must not keep them here
      all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        all.add(new Held(at(i), numbers[i], 0));
      }
    }
    Arrays.fill(elements, null);
    size = 0;
    return all;
  }
}
