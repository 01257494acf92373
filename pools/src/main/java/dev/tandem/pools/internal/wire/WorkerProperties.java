package dev.tandem.pools.internal.wire;

/// The system properties with which a worker JVM is started.
public final class WorkerProperties {
  /// The number of the worker.
  public static final String NUMBER = "tandem.worker";

  /// `true` in a worker that is recorded for the AOT cache.
  public static final String TRAINING = "tandem.worker.training";

  /// `true` in a worker that left the terminal's process group, and has the kernel kill it with its
  /// parent, before its JVM started: it need not do so itself.
  public static final String DETACHED = "tandem.worker.detached";

  private WorkerProperties() {}
}
