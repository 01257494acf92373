package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import org.jspecify.annotations.Nullable;

/// The deaths of workers that were sent a job, as the next to start, and had not said that they
/// started it. They limit how often the job is sent again, before all workers are dead.
final class Suspicion {
  /*
   * A worker that ends by itself in that moment has mostly been ended by what it was sent. A worker
   * that was killed from outside mostly has not: of such deaths it takes ten times as many.
   */
  private static final int BY_ITSELF = 10;
  private static final int FROM_OUTSIDE = 1;
  private static final int ENOUGH = 3 * BY_ITSELF;

  private int weight;
  private int deaths;

  /// Counts a death.
  ///
  /// @param title the name of the job, or null
  /// @return the job's failure, if there were enough; null if it may be sent again
  synchronized @Nullable WorkerCrashedException add(
      WorkerCrashedException death, @Nullable String title) {
    boolean outside = death.kind() == Kind.KILLED || death.kind() == Kind.UNRESPONSIVE;
    weight += outside ? FROM_OUTSIDE : BY_ITSELF;
    deaths++;
    if (weight < ENOUGH) {
      return null;
    }
    String message =
        "%s workers in a row died while they received %s; it is not sent again. The last: %s"
            .formatted(deaths, title == null ? "this task" : "task " + title, death.getMessage());
    var failure = new WorkerCrashedException(death.kind(), death.pid(), death.exitCode(), message);
    failure.initCause(death);
    return failure;
  }
}
