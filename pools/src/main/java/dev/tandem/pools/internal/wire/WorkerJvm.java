package dev.tandem.pools.internal.wire;

/// What a worker JVM and its pool agree on beside the connection: system properties with which it
/// is started, and its exit codes when it ends by itself.
public final class WorkerJvm {
  /// The property with the number of the worker.
  public static final String NUMBER = "tandem.worker";

  /// The property that is `true` in a worker that is recorded for the AOT cache.
  public static final String TRAINING = "tandem.worker.training";

  /// It was told to.
  public static final int ORDERLY = 0;

  /// What arrived is not what a pool sends.
  public static final int PROTOCOL = 64;

  /// The pool could not be reached, or has refused it.
  public static final int NO_POOL = 65;

  /// The initializer has failed.
  public static final int NOT_READY = 66;

  /// Something went wrong outside of any task; it is on the standard error.
  public static final int FAILED = 68;

  /// An exit that a task has begun did not end.
  public static final int ENDLESS = 69;

  private WorkerJvm() {}
}
