package dev.tandem.pools.internal.wire;

/// The exit codes of a worker that ends by itself.
public final class WorkerExit {
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

  private WorkerExit() {}
}
