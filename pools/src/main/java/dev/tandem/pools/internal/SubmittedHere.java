package dev.tandem.pools.internal;

/// The stack of the thread that submitted a task which failed in a worker: beside the exception,
/// whose own stack is the worker's.
final class SubmittedHere extends Exception {
  private static final long serialVersionUID = 1L;

  SubmittedHere() {
    super("the task ran in a worker process; it was submitted here:");
  }
}
