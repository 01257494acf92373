package dev.tandem.queues;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The store of a LIFO channel: last in, first out.
final class StackStore<E> extends Store<E> {
  /* Numbers grow from the bottom to the top, so an element is found by a binary search. One that is
   * removed from the middle leaves a hole; when most places are holes they are compacted, so that a
   * removal costs constant time on average and each step of the stack stays as short as without
   * holes. The top is never a hole. */

  private static final int FEW = 64;

  private @Nullable Object[] elements;
  private long[] numbers;
  private int top;
  private int holes;
  private long nextNumber;

  StackStore() {
    this(new Object[16], new long[16], 0, 0);
  }

  private StackStore(@Nullable Object[] elements, long[] numbers, int top, int holes) {
    this.elements = elements;
    this.numbers = numbers;
    this.top = top;
    this.holes = holes;
  }

  @Override
  void add(E e) {
    reserve();
    place(e, nextNumber++);
  }

  private void place(Object e, long number) {
    elements[top] = e;
    numbers[top++] = number;
  }

  /// Makes room for one more element beside those on hold. Both arrays grow or none, if there is
  /// not enough memory.
  private void reserve() {
    if (top + held() + 1 > elements.length) {
      if (holes > elements.length / 2) {
        compact();
      } else {
        int length = (int) Math.min(2L * elements.length, Integer.MAX_VALUE - 8);
        @Nullable Object[] moreElements = Arrays.copyOf(elements, length);
        numbers = Arrays.copyOf(numbers, length);
        elements = moreElements;
      }
    }
  }

  @Override
  @SuppressWarnings("unchecked") // only E is added
  @Nullable E remove() {
    if (top == 0) {
      return null;
    }
    E removed = (E) elements[--top];
    elements[top] = null;
    dropHoles();
    return removed;
  }

  private void dropHoles() {
    while (top > 0 && elements[top - 1] == null) {
      top--;
      holes--;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // only E is added
  @Nullable E peek() {
    return top == 0 ? null : (E) elements[top - 1];
  }

  @Override
  long number() {
    return numbers[top - 1];
  }

  @Override
  int slot() {
    return top - 1;
  }

  @Override
  int size() {
    return top - holes;
  }

  @Override
  void insert(E e, long number) {
    int from = Arrays.binarySearch(numbers, 0, top, number);
    int at = from < 0 ? -from - 1 : from;
    System.arraycopy(elements, at, elements, at + 1, top - at);
    System.arraycopy(numbers, at, numbers, at + 1, top - at);
    elements[at] = e;
    numbers[at] = number;
    top++;
  }

  @Override
  int look(@Nullable Object[] some, long[] theirNumbers, int[] slots) {
    int found = 0;
    for (int i = top - 1; i >= 0 && found < some.length; i--) {
      if (elements[i] != null) {
        some[found] = elements[i];
        theirNumbers[found] = numbers[i];
        slots[found++] = i;
      }
    }
    return found;
  }

  @Override
  Store<E> copy() {
    return new StackStore<>(Arrays.copyOf(elements, top), Arrays.copyOf(numbers, top), top, holes);
  }

  @Override
  boolean remove(long number, int slot) {
    int at = Arrays.binarySearch(numbers, 0, top, number);
    if (at < 0 || elements[at] == null) {
      return false;
    }
    elements[at] = null;
    holes++;
    dropHoles();
    if (holes > FEW && holes > top / 2) {
      compact();
    }
    return true;
  }

  private void compact() {
    int to = 0;
    for (int i = 0; i < top; i++) {
      if (elements[i] != null) {
        elements[to] = elements[i];
        numbers[to++] = numbers[i];
      }
    }
    Arrays.fill(elements, to, top, null);
    top = to;
    holes = 0;
  }

  @Override
  void clear() {
    Arrays.fill(elements, 0, top, null);
    top = 0;
    holes = 0;
  }
}
