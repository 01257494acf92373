package dev.tandem.pools.internal.wire;

/// The system properties with which a worker JVM is started.
public final class WorkerProperties {
  /// The number of the worker.
  public static final String NUMBER = "tandem.worker";

  /// `true` in a worker that is recorded for the AOT cache.
  public static final String TRAINING = "tandem.worker.training";

  private WorkerProperties() {}
}
