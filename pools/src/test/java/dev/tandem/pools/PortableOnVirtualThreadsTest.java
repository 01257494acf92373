package dev.tandem.pools;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;

class PortableOnVirtualThreadsTest extends PortableContract {
  @Override
  public TaskExecutor open(TaskListener... listeners) {
    return closedLater(Tandem.newVirtualThreadExecutor(cf -> listening(cf, listeners)));
  }

  @Override
  public TaskExecutor openSingle() {
    return closedLater(
        Tandem.newVirtualThreadExecutor(cf -> cf.withConcurrency(1).withGrace(GRACE)));
  }
}
