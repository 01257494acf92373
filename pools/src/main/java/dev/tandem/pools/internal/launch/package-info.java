/// Starts worker JVMs the way this JVM was started: [dev.tandem.pools.internal.launch.ParentJvm] is
/// what is known of this one, [dev.tandem.pools.internal.launch.StartMode] whether a worker can be
/// started the same way, [dev.tandem.pools.internal.launch.WorkerCommand] the arguments that do it,
/// and [dev.tandem.pools.internal.launch.Launcher] does it.
@NullMarked
package dev.tandem.pools.internal.launch;

import org.jspecify.annotations.NullMarked;
