package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;

/// A worker, to the jobs that it was sent.
interface JobHost {
  StatusPage page();

  /// {@return the process id}
  long pid();

  /// {@return how long the task with a timeout that it runs has been running}
  long ranFor();

  /// {@return the number of the task that is answered next}
  int nextAnswer();

  /// {@return whether it is through with that task, which it has started}
  boolean hasMovedOn(int as);

  /// Kills it if it runs this job, which is settled.
  void stop(Job job, int as);
}
