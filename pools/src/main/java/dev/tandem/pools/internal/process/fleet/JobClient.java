package dev.tandem.pools.internal.process.fleet;

import org.jspecify.annotations.Nullable;

/// The owner of jobs: what a [Job] tells it and asks it.
///
/// One of `answered`, `crashed`, `refused` and `timedOut` is called if that settles the job, and
/// none if a cancellation does. `gone` is called in any case, perhaps by another thread at the same
/// time.
///
/// Thread: the reader of the job's worker, its reaper, the timer, a canceller or the supervisor.
/// None of them may wait or run users' code, so an implementation must not either.
public interface JobClient {
  /// An answer that is a failure: the task's, or one to decode the answer.
  record Failed(Throwable failure) {}

  /// {@return whether [#isNext] is called}
  default boolean isRecorded() {
    return false;
  }

  /// Takes note that a worker has the job, and nothing before it. Called again if another worker
  /// gets it.
  ///
  /// @param pid the process id of the worker
  default void isNext(long pid) {}

  /// Takes note that a worker has started the job. Called only if the message asks for it.
  default void started() {}

  /// Takes the answer of the worker, which settles the job.
  ///
  /// @param answer the decoded answer, or a [Failed]
  void answered(int kind, @Nullable Object answer);

  /// Takes the answer to one item of a chunk.
  ///
  /// @param answer the decoded answer, or a [Failed]
  default void itemAnswered(int kind, @Nullable Object answer) {}

  /// Takes note that all items that arrived together have been passed on.
  default void batchEnded() {}

  /// Takes the loss of the worker that ran the job, which settles the job.
  ///
  /// @param itemsBegun the number of items of a chunk that the worker had begun; -1 if unknown
  void crashed(Throwable failure, int itemsBegun);

  /// Takes the reason for which the job never runs, which settles the job.
  void refused(Throwable reason);

  /// Takes note that the job ran longer than its timeout, which settles the job; its worker is
  /// being killed.
  ///
  /// @param pid the process id of that worker
  default void timedOut(long pid) {}

  /// Cancels the job, which has not started, because its fleet has ended.
  void abandoned();

  /// Takes note that the fleet has forgotten the job. Called once for each job.
  void gone(Job job);

  /// {@return the most time that the job may run, in nanoseconds; 0 for ever}
  default long timeoutNanos() {
    return 0;
  }

  /// {@return how often the job runs again when its worker is lost}
  default int retries() {
    return 0;
  }

  /// {@return the name of the task, for people; null if it has none of its own}
  default @Nullable String title() {
    return null;
  }
}
