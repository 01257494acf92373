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
    List<WorkerListener> listeners) {}
