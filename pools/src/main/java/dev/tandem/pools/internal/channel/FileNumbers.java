package dev.tandem.pools.internal.channel;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// A set of numbers of files ([Spill#number]). It takes a bit for each number where they are dense,
/// as an honest worker counts them, and memory in proportion to how many there are where they are
/// not: a number is what a worker says, and must not size anything here. Confined to one thread, or
/// guarded by a lock.
final class FileNumbers {
  private static final int PAGE_BITS = 10;
  private static final int MASK = (1 << PAGE_BITS) - 1;

  private final Map<Integer, BitSet> pages = new HashMap<>();

  void add(int number) {
    pages.computeIfAbsent(number >> PAGE_BITS, _ -> new BitSet()).set(number & MASK);
  }

  void addAll(FileNumbers others) {
    others.pages.forEach((page, bits) -> pages.computeIfAbsent(page, _ -> new BitSet()).or(bits));
  }

  boolean contains(int number) {
    BitSet page = pages.get(number >> PAGE_BITS);
    return page != null && page.get(number & MASK);
  }
}
