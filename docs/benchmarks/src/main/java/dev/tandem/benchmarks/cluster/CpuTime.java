package dev.tandem.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The CPU time of this process, all of its threads together.
final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuTime() {}

  /// Something that costs CPU time.
  interface Work {
    void run() throws Exception;
  }

  /// {@return the microseconds that work costs}
  static double micros(Work work) throws Exception {
    long begin = SYSTEM.getProcessCpuTime(); // in steps of 10 ms
    work.run();
    return (SYSTEM.getProcessCpuTime() - begin) / 1e3;
  }
}
