package dev.tandem.queues;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The store of a priority channel: least first, equal elements in the order in which they came.
final class HeapStore<E> extends Store<E> {
  /* A binary heap (Williams, "Heapsort", 1964) and not java.util.PriorityQueue, for four reasons: it
   * does not allocate, it keeps equal elements in order by their number, an element in the middle
   * is found at once, and a comparator that throws changes nothing: a change first finds its path
   * through the heap, which needs the comparator, and then moves the elements, which does not.
   * PriorityQueue loses an element then.
   *
   * An element stays in one slot as long as it is here; what moves are the indices of slots in
   * `heap`, and `where` says at which place of the heap each slot is. `heap` is a permutation of
   * all slots: those from `size` on are free. */

  private final Comparator<? super E> order;
  private @Nullable Object[] elements;
  private long[] numbers;
  private int[] heap;
  private int[] where;
  private int size;
  private long nextNumber;

  HeapStore(Comparator<? super E> order) {
    this(order, new Object[16], new long[16], new int[16], new int[16], 0);
    for (int i = 0; i < heap.length; i++) {
      place(i, i);
    }
  }

  private HeapStore(
      Comparator<? super E> order,
      @Nullable Object[] elements,
      long[] numbers,
      int[] heap,
      int[] where,
      int size) {
    this.order = order;
    this.elements = elements;
    this.numbers = numbers;
    this.heap = heap;
    this.where = where;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // only E is added
  private E in(int slot) {
    return (E) Checks.notNull(elements[slot], "element");
  }

  private boolean less(E a, long numberOfA, int slotOfB) {
    int compared = order.compare(a, in(slotOfB));
    return compared < 0 || (compared == 0 && numberOfA < numbers[slotOfB]);
  }

  private void place(int at, int slot) {
    heap[at] = slot;
    where[slot] = at;
  }

  @Override
  void add(E e) {
    int to = pathUp(size, e, nextNumber);
    if (size + held() == elements.length) {
      grow();
    }
    insertAt(to, e, nextNumber);
    nextNumber++;
  }

  private void insertAt(int to, E e, long number) {
    int slot = heap[size];
    elements[slot] = e;
    numbers[slot] = number;
    moveDown(size, to);
    place(to, slot);
    size++;
  }

  /// Makes all arrays larger, or none if there is not enough memory.
  private void grow() {
    int before = elements.length;
    int length = (int) Math.min(2L * before, Integer.MAX_VALUE - 8);
    @Nullable Object[] moreElements = Arrays.copyOf(elements, length);
    long[] moreNumbers = Arrays.copyOf(numbers, length);
    int[] moreHeap = Arrays.copyOf(heap, length);
    where = Arrays.copyOf(where, length);
    heap = moreHeap;
    numbers = moreNumbers;
    elements = moreElements;
    for (int i = before; i < length; i++) {
      place(i, i);
    }
  }

  /// Returns where an element that stands at a hole belongs, looking towards the root.
  private int pathUp(int hole, E e, long number) {
    int i = hole;
    while (i > 0 && less(e, number, heap[(i - 1) >>> 1])) {
      i = (i - 1) >>> 1;
    }
    return i;
  }

  /// Moves the slots on the path from one place up to another down by one level.
  private void moveDown(int from, int to) {
    for (int i = from; i > to; i = (i - 1) >>> 1) {
      place(i, heap[(i - 1) >>> 1]);
    }
  }

  @Override
  @Nullable E remove() {
    return size == 0 ? null : removeAt(0);
  }

  private E removeAt(int hole) {
    int freed = heap[hole];
    int last = size - 1;
    if (hole < last) {
      int moved = heap[last];
      E e = in(moved);
      int up = pathUp(hole, e, numbers[moved]);
      int down = up == hole ? pathDown(hole, last, e, numbers[moved]) : hole;
      if (up < hole) {
        moveDown(hole, up);
        place(up, moved);
      } else {
        moveUp(hole, down);
        place(down, moved);
      }
    }
    E removed = in(freed);
    elements[freed] = null;
    place(last, freed);
    size = last;
    return removed;
  }

  /// Returns where an element that would stand at a hole belongs, looking away from the root.
  private int pathDown(int hole, int end, E e, long number) {
    int i = hole;
    while (2 * i + 1 < end) {
      int child = 2 * i + 1;
      if (child + 1 < end && less(in(heap[child + 1]), numbers[heap[child + 1]], heap[child])) {
        child++;
      }
      if (less(e, number, heap[child])) {
        break;
      }
      i = child;
    }
    return i;
  }

  /// Moves the slots on the path from one place down to another up by one level.
  private void moveUp(int from, int to) {
    // The path is found from its end: each place has one parent.
    int depth = depth(to) - depth(from);
    for (int i = from; depth > 0; depth--) {
      int child = ((to + 1) >>> (depth - 1)) - 1;
      place(i, heap[child]);
      i = child;
    }
  }

  private static int depth(int i) {
    return 31 - Integer.numberOfLeadingZeros(i + 1);
  }

  @Override
  @Nullable E peek() {
    return size == 0 ? null : in(heap[0]);
  }

  @Override
  long number() {
    return numbers[heap[0]];
  }

  @Override
  int slot() {
    return heap[0];
  }

  @Override
  int size() {
    return size;
  }

  @Override
  void insert(E e, long number) {
    int to = size;
    try {
      to = pathUp(size, e, number);
    } catch (Throwable _) {
      // An order that fails now and did not when this was taken is no order; no element is lost.
    }
    insertAt(to, e, number);
  }

  @Override
  int look(@Nullable Object[] some, long[] theirNumbers, int[] slots) {
    int found = Math.min(size, some.length);
    for (int i = 0; i < found; i++) {
      int slot = heap[i];
      some[i] = elements[slot];
      theirNumbers[i] = numbers[slot];
      slots[i] = slot;
    }
    return found;
  }

  @Override
  Store<E> copy() {
    return new HeapStore<>(
        order, elements.clone(), numbers.clone(), heap.clone(), where.clone(), size);
  }

  @Override
  boolean remove(long number, int slot) {
    if (slot >= numbers.length || numbers[slot] != number || elements[slot] == null) {
      return false;
    }
    removeAt(where[slot]);
    return true;
  }

  @Override
  void clear() {
    for (int i = 0; i < size; i++) {
      elements[heap[i]] = null;
    }
    size = 0;
  }
}
