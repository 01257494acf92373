package dev.tandem.pools.internal.process;

import dev.tandem.pools.WorkerCrashedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A fleet, to what serves a single worker of it.
interface Home {
  FleetSettings settings();

  Dispatcher dispatcher();

  /// {@return where the JVM of that process leaves the report of a crash}
  Path errorFile(long pid);

  /// A worker takes jobs. Called by its reader.
  void ready(Worker worker);

  /// Its initializer has failed. Called by its reader.
  void notReady(Worker worker, Throwable failure);

  /// It has answered what has come. Called by its reader.
  void looked(Worker worker);

  /// It has run nearly as much as it may.
  void recycleSoon(Worker worker);

  /// It should run nothing more. Called by its reader.
  void recycleNow(Worker worker);

  /// Nothing more is sent to it: its connection has ended. Called by its reader.
  void leaving(Worker worker);

  /// It is gone and all that it had is settled. Called by its reader.
  ///
  /// @param crash what happened, unless it was told to leave
  void gone(Worker worker, @Nullable WorkerCrashedException crash);
}
