/// The executors. A task is a [dev.tandem.pools.internal.TaskRun]; what the tasks of one executor
/// share is its [dev.tandem.pools.internal.TaskHost]; how a task reaches a thread is the business
/// of the subclasses of [dev.tandem.pools.internal.AbstractTaskExecutor]; a `map` is a
/// [dev.tandem.pools.internal.MapRun].
@NullMarked
package dev.tandem.pools.internal;

import org.jspecify.annotations.NullMarked;
