package dev.tandem.queues;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A part of the list of a [LinkedRingChannel]: places for SIZE elements, each filled and emptied
/// once.
final class Segment {
  static final int SIZE = 256;
  static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(Segment.class, "next", Segment.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final long base;
  final @Nullable Object[] slots = new Object[SIZE];

  /// The next segment, null if there is none yet, or this one if head has left it.
  private volatile @Nullable Segment next;

  Segment(long base) {
    this.base = base;
  }

  @Nullable Segment next() {
    return next;
  }

  /// Returns whether a number that is not below the base belongs here.
  boolean reaches(long sequence) {
    return sequence - base < SIZE;
  }

  @Nullable Object get(long sequence) {
    return SLOTS.getAcquire(slots, (int) (sequence - base));
  }

  void set(long sequence, @Nullable Object element) {
    SLOTS.setRelease(slots, (int) (sequence - base), element);
  }

  /// Returns whether all its elements are taken, and head has gone on.
  boolean isLeft() {
    return next == this;
  }

  /// Returns the segment that a number belongs to, which is this or a later one; null if there is
  /// none yet, or one on the way there was left.
  @Nullable Segment find(long sequence) {
    Segment s = this;
    while (s != null && !s.reaches(sequence)) {
      s = s.isLeft() ? null : s.next;
    }
    return s;
  }

  /// Returns the segment that a number belongs to, and makes it if there is none yet; null if one
  /// on the way there was left.
  @Nullable Segment findOrMake(long sequence) {
    Segment s = this;
    while (s != null && !s.reaches(sequence)) {
      Segment known = s.next;
      if (known == null) {
        Segment made = new Segment(s.base + SIZE);
        known = NEXT.compareAndSet(s, null, made) ? made : s.next;
      }
      s = known == s ? null : known;
    }
    return s;
  }

  /// Unlinks this and the segments after it, up to one that stays: otherwise a collector that has
  /// this one among its old objects keeps them all.
  void leaveUpTo(Segment end) {
    Segment s = this;
    while (s != end) {
      Segment after = Checks.notNull(s.next, "next");
      s.next = s;
      s = after;
    }
  }
}
