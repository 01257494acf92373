package dev.tandem.pools.internal.wire;

import java.nio.ByteBuffer;

/// What a worker does with a status page, for the tests of the other side.
public final class Pages {
  private Pages() {}

  public static StatusPage inMemory() {
    return StatusPage.inMemory();
  }

  public static boolean start(StatusPage page, int task) {
    return page.start(task);
  }

  /// {@return a page over memory in which a test can write what no protocol writes}
  public static StatusPage over(ByteBuffer memory) {
    return StatusPage.over(memory);
  }
}
