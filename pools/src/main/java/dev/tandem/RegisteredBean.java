package dev.tandem;

import dev.tandem.core.ExecutorStats;
import dev.tandem.pools.internal.executor.LiveExecutors;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/// The one MXBean of this Tandem. Loaded only when it is registered, and not where there are no
/// MBeans.
final class RegisteredBean extends StandardMBean implements TandemMXBean {
  private static final String NAME = "dev.tandem:type=Tandem";

  /// The bean's name while it is registered. Writes: under the monitor of this class, or by the
  /// thread that unregisters the bean.
  private static volatile @Nullable String registered;

  private RegisteredBean() {
    super(TandemMXBean.class, true);
  }

  static synchronized String register() {
    String before = registered;
    if (before != null) {
      return before;
    }
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      for (int number = 1; ; number++) {
        String name = number == 1 ? NAME : NAME + ",loader=" + number;
        try {
          var _ = server.registerMBean(new RegisteredBean(), new ObjectName(name));
          registered = name;
          return name;
        } catch (InstanceAlreadyExistsException _) {
          // the Tandem of another class loader has it
        }
      }
    } catch (JMException e) {
      throw new IllegalStateException("the MXBean of Tandem was not registered", e);
    }
  }

  @Override
  public void postDeregister() {
    super.postDeregister();
    registered = null;
  }

  @Override
  public String dump() {
    return Tandem.dump();
  }

  @Override
  public String dumpJson() {
    return Tandem.dumpJson();
  }

  @Override
  public int getLiveExecutors() {
    return LiveExecutors.stats().size();
  }

  @Override
  public long getRunningTasks() {
    return LiveExecutors.stats().stream().mapToLong(ExecutorStats::running).sum();
  }

  @Override
  public long getQueuedTasks() {
    return LiveExecutors.stats().stream().mapToLong(ExecutorStats::queued).sum();
  }
}
