/// The start of worker JVMs in the way in which this JVM was started. `ParentJvm` describes this
/// JVM, `StartMode` decides whether a worker can be started the same way, `WorkerCommand` has the
/// arguments for that, and [dev.tandem.pools.internal.launch.Launcher] starts the workers.
@NullMarked
package dev.tandem.pools.internal.launch;

import org.jspecify.annotations.NullMarked;
