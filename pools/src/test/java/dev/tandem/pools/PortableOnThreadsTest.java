package dev.tandem.pools;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;

class PortableOnThreadsTest extends PortableContract {
  @Override
  public TaskExecutor open(TaskListener... listeners) {
    return closedLater(Tandem.newThreadPool(2, cf -> listening(cf, listeners)));
  }

  @Override
  public TaskExecutor openSingle() {
    return closedLater(Tandem.newThreadPool(1, cf -> cf.withGrace(GRACE)));
  }
}
