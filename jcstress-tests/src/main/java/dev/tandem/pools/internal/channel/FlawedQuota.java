package dev.tandem.pools.internal.channel;

import java.util.concurrent.atomic.AtomicLong;

/// The steps of [Quota] in two fields, for variants in which one of them is missing. Two steps were
/// given, of which the user has used the first.
class FlawedQuota {
  private static final long EPOCH = 1L << 33;

  final AtomicLong word = new AtomicLong(1);
  volatile int limit = 2;

  // the user's
  private long knownEpoch;
  private int knownLimit = 2;

  boolean change(long from, long to) {
    return word.compareAndSet(from, to);
  }

  int use() {
    while (true) {
      long before = word.get();
      if (!isLeft(before)) {
        return Quota.NONE;
      }
      if (change(before, before + 1)) {
        return Quota.USED;
      }
    }
  }

  private boolean isLeft(long before) {
    long epoch = before & -EPOCH;
    if (epoch == knownEpoch && knownLimit - (int) before > 0) {
      return true;
    }
    knownLimit = limit;
    knownEpoch = epoch;
    return knownLimit - (int) before > 0;
  }

  /// {@return the word of the epoch before}
  long nextEpoch() {
    return word.getAndAdd(EPOCH);
  }

  int takeBack() {
    int old = limit;
    limit = (int) word.get();
    int used = (int) nextEpoch();
    limit = used;
    return old - used;
  }
}
