package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerListener;
import dev.tandem.pools.internal.launch.LaunchOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values that a fleet keeps of its pool's configuration, by theme.
///
/// @param name the pool's name
/// @param launch how the JVMs of workers are started
public record FleetOptions(
    String name,
    Size size,
    LaunchOptions launch,
    Recycling recycling,
    Limits limits,
    UserCode code) {
  /// How many workers there are.
  ///
  /// @param workers the number that work at the same time
  /// @param spares the number that are ready besides
  public record Size(int workers, int spares) {}

  /// What a worker is replaced for.
  ///
  /// @param tasks the most tasks that it runs
  /// @param age its greatest age; null for none
  /// @param memory its most resident memory in bytes; 0 for no limit
  public record Recycling(int tasks, @Nullable Duration age, long memory) {}

  /// What is bounded in one worker.
  ///
  /// @param prefetch the most tasks that wait in it
  /// @param heartbeat the longest time without a sign of life
  /// @param start the longest time until it is ready
  /// @param message the most bytes of a message
  public record Limits(int prefetch, Duration heartbeat, Duration start, long message) {}

  /// What the user brings along.
  ///
  /// @param initializer runs first in each worker; null for none
  /// @param allowed the patterns of classes that answers may contain
  /// @param listeners the listeners of workers
  public record UserCode(
      @Nullable Object initializer, List<String> allowed, List<WorkerListener> listeners) {}

  /// {@return these for a pool of this name and size}
  public FleetOptions named(String newName, int workers) {
    return new FleetOptions(
        newName,
        new Size(workers, size.spares),
        new LaunchOptions(workers, launch.maxHeap(), launch.jvmArguments(), launch.aotCache()),
        recycling,
        limits,
        code);
  }

  public FleetOptions with(Size changed) {
    return new FleetOptions(name, changed, launch, recycling, limits, code);
  }

  public FleetOptions with(LaunchOptions changed) {
    return new FleetOptions(name, size, changed, recycling, limits, code);
  }

  public FleetOptions with(Recycling changed) {
    return new FleetOptions(name, size, launch, changed, limits, code);
  }

  public FleetOptions with(Limits changed) {
    return new FleetOptions(name, size, launch, recycling, changed, code);
  }

  public FleetOptions with(UserCode changed) {
    return new FleetOptions(name, size, launch, recycling, limits, changed);
  }
}
