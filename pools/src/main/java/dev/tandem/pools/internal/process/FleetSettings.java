package dev.tandem.pools.internal.process;

import dev.tandem.pools.WorkerListener;
import dev.tandem.pools.internal.launch.LaunchSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fleet is to be like.
///
/// @param name the pool's
/// @param workers how many work at the same time
/// @param spares how many more are ready
/// @param launch how their JVMs are started
/// @param initializer runs first in each; null if there is none
/// @param prefetch how many tasks may wait in a worker
/// @param recycleAfter how many tasks a worker runs at most
/// @param recycleAge how old it gets, or null
/// @param recycleAbove how much memory it may have, or 0
/// @param heartbeatTimeout how long it may be silent
/// @param startTimeout how long it may take to be ready
/// @param maxMessage how large a message may be
/// @param allowed patterns of classes
/// @param listeners are told of workers
public record FleetSettings(
    String name,
    int workers,
    int spares,
    LaunchSettings launch,
    @Nullable Object initializer,
    int prefetch,
    int recycleAfter,
    @Nullable Duration recycleAge,
    long recycleAbove,
    Duration heartbeatTimeout,
    Duration startTimeout,
    long maxMessage,
    List<String> allowed,
    List<WorkerListener> listeners) {
  /// {@return these for a pool of this name and size}
  public FleetSettings named(String newName, int newWorkers) {
    return new FleetSettings(
        newName,
        newWorkers,
        spares,
        launch.withWorkers(newWorkers),
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withSpares(int newSpares) {
    return new FleetSettings(
        name,
        workers,
        newSpares,
        launch,
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withLaunch(LaunchSettings newLaunch) {
    return new FleetSettings(
        name,
        workers,
        spares,
        newLaunch,
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withInitializer(Object newInitializer) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        newInitializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withPrefetch(int newPrefetch) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        initializer,
        newPrefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withRecycling(
      int newRecycleAfter, @Nullable Duration newRecycleAge, long newRecycleAbove) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        initializer,
        prefetch,
        newRecycleAfter,
        newRecycleAge,
        newRecycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withTimeouts(Duration newHeartbeatTimeout, Duration newStartTimeout) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        newHeartbeatTimeout,
        newStartTimeout,
        maxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withMaxMessage(long newMaxMessage) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        newMaxMessage,
        allowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withAllowed(List<String> newAllowed) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        newAllowed,
        listeners);
  }

  /// {@return these, changed}
  public FleetSettings withListeners(List<WorkerListener> newListeners) {
    return new FleetSettings(
        name,
        workers,
        spares,
        launch,
        initializer,
        prefetch,
        recycleAfter,
        recycleAge,
        recycleAbove,
        heartbeatTimeout,
        startTimeout,
        maxMessage,
        allowed,
        newListeners);
  }
}
