package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.Pages;
import dev.tandem.pools.internal.wire.StatusPage;

/// A worker of which only the page is real.
final class Workplace implements JobHost {
  private final StatusPage page;

  Workplace() {
    this(Pages.inMemory());
  }

  Workplace(StatusPage page) {
    this.page = page;
  }

  @Override
  public StatusPage page() {
    return page;
  }

  @Override
  public long pid() {
    return 1;
  }

  @Override
  public long ranFor() {
    return 0;
  }

  @Override
  public int nextAnswer() {
    return 1;
  }

  @Override
  public boolean hasMovedOn(int as) {
    return false;
  }

  @Override
  public void stop(Job job, int as) {}
}
