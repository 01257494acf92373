package dev.tandem.pools.internal.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes status pages by the thousand.
public final class StressPage {
  /// From one page to the next. Pages overlap: the slots of tasks 1 to 7 of one lie between the
  /// words of another's header, which are 64 bytes apart.
  private static final int STRIDE = 1024;

  private static final int PAGES = 1 << 14; // more than jcstress has at the same time
  private static final int SIZE = 8192 + 64; // with the first bytes of the reply region
  private static final ByteBuffer ARENA =
      ByteBuffer.allocateDirect(PAGES * STRIDE + SIZE + 64).alignedSlice(64);
  private static final AtomicInteger next = new AtomicInteger();

  private StressPage() {}

  /// {@return a page with no more than a header and the slots of tasks 1 to 7, 513 to 519, ...}
  public static StatusPage next() {
    int at = (next.getAndIncrement() & (PAGES - 1)) * STRIDE;
    StatusPage page = StatusPage.over(ARENA.slice(at, SIZE));
    page.startedAt(0);
    page.beginItem(0);
    page.abandon(0);
    return page;
  }

  /// {@return zeros for the word and the few bytes of a [BlobRing]}
  static ByteBuffer ring() {
    ByteBuffer memory = ARENA.slice((next.getAndIncrement() & (PAGES - 1)) * STRIDE, SIZE);
    memory.putLong(0, 0);
    return memory;
  }

  /// For the packages that cannot do what a worker does.
  public static boolean start(StatusPage page, int task) {
    return page.start(task);
  }
}
