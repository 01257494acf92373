package dev.tandem.pools.internal.worker;

/// What a worker does with a status page, for the tests of the other side.
public final class Pages {
  private Pages() {}

  public static StatusPage inMemory() {
    return StatusPage.inMemory();
  }

  public static boolean start(StatusPage page, int task) {
    return page.start(task);
  }
}
