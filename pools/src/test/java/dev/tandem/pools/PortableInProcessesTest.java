package dev.tandem.pools;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import org.junit.jupiter.api.extension.RegisterExtension;

/// In worker processes, of which the probe says after each test that none is left.
class PortableInProcessesTest extends PortableContract {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Override
  public TaskExecutor open(TaskListener... listeners) {
    return probe.open(2, cf -> listening(cf, listeners));
  }

  @Override
  public TaskExecutor openSingle() {
    return probe.open(1, cf -> cf.withGrace(GRACE));
  }
}
