/// Tasks and maps on threads of this JVM. A task is a [dev.tandem.pools.internal.thread.TaskRun], a
/// map a [dev.tandem.pools.internal.thread.MapRun]; each subclass of
/// [dev.tandem.pools.internal.thread.ThreadTaskExecutor] gives tasks their threads in its own way.
@NullMarked
package dev.tandem.pools.internal.thread;

import org.jspecify.annotations.NullMarked;
