package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;

/// A worker as the jobs see it that it was sent.
interface JobHost {
  StatusPage page();

  /// {@return the process id}
  long pid();

  /// {@return how long the task with a timeout that it runs has been running, in nanoseconds}
  long ranFor();

  /// {@return the number of the job that is answered next}
  int nextAnswer();

  /// {@return whether it is through with the job of this number, which it has started}
  boolean hasMovedOn(int as);

  /// Kills it if it runs this job, which is settled. Thread: any.
  void stop(Job job, int as);
}
