package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerListener;
import dev.tandem.pools.internal.launch.LaunchOptions;
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
public record FleetOptions(
    String name,
    int workers,
    int spares,
    LaunchOptions launch,
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
  public FleetOptions named(String newName, int newWorkers) {
    return new FleetOptions(
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
  public FleetOptions withSpares(int newSpares) {
    return new FleetOptions(
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
  public FleetOptions withLaunch(LaunchOptions newLaunch) {
    return new FleetOptions(
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
  public FleetOptions withInitializer(Object newInitializer) {
    return new FleetOptions(
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
  public FleetOptions withPrefetch(int newPrefetch) {
    return new FleetOptions(
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
  public FleetOptions withRecycling(
      int newRecycleAfter, @Nullable Duration newRecycleAge, long newRecycleAbove) {
    return new FleetOptions(
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
  public FleetOptions withTimeouts(Duration newHeartbeatTimeout, Duration newStartTimeout) {
    return new FleetOptions(
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
  public FleetOptions withMaxMessage(long newMaxMessage) {
    return new FleetOptions(
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
  public FleetOptions withAllowed(List<String> newAllowed) {
    return new FleetOptions(
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
  public FleetOptions withListeners(List<WorkerListener> newListeners) {
    return new FleetOptions(
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
