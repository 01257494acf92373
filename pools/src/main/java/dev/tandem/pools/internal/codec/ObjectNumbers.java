package dev.tandem.pools.internal.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The objects of one value that a later part of it can refer to, numbered in the order in which
/// they were added: lists, sets, maps, arrays, lambdas, and records deep inside. A few are compared
/// one by one, as an identity hash costs some 50 ns per object when it is asked for first.
final class ObjectNumbers {
  private static final int FEW = 8;

  private @Nullable Object[] objects = new @Nullable Object[FEW];
  private int count;

  /// Open addressing: a slot holds the number plus 1; empty as long as there are few objects.
  private int[] table = {};

  /// {@return the number of an object, or -1}
  int find(Object object) {
    if (count <= FEW) {
      for (int i = 0; i < count; i++) {
        if (objects[i] == object) {
          return i;
        }
      }
      return -1;
    }
    int mask = table.length - 1;
    for (int slot = hash(object) & mask; table[slot] != 0; slot = (slot + 1) & mask) {
      if (objects[table[slot] - 1] == object) {
        return table[slot] - 1;
      }
    }
    return -1;
  }

  void add(Object object) {
    if (count == objects.length) {
      objects = Arrays.copyOf(objects, count * 2);
    }
    objects[count++] = object;
    if (count > FEW) {
      if (count * 2 > table.length || count == FEW + 1) {
        rehash();
      } else {
        place(count - 1);
      }
    }
  }

  /// Removes all objects, and releases the memory that a large value needed.
  void clear() {
    if (count > FEW) {
      table = new int[0];
      objects = new @Nullable Object[FEW];
    } else {
      Arrays.fill(objects, 0, count, null);
    }
    count = 0;
  }

  private void rehash() {
    table = new int[Integer.highestOneBit(count) * 8];
    for (int i = 0; i < count; i++) {
      place(i);
    }
  }

  private void place(int number) {
    int mask = table.length - 1;
    int slot = hash(objects[number]) & mask;
    while (table[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    table[slot] = number + 1;
  }

  private static int hash(@Nullable Object object) {
    int hash = System.identityHashCode(object);
    return hash ^ hash >>> 16;
  }
}
