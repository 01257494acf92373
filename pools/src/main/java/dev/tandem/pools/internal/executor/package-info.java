/// What every executor shares, whatever runs its tasks: how a task is accepted, counted, told to
/// listeners and published ([dev.tandem.pools.internal.executor.AcceptedTask]), what the tasks of
/// one executor have in common ([dev.tandem.pools.internal.executor.TaskHost]), and the life of the
/// executor itself ([dev.tandem.pools.internal.executor.AbstractTaskExecutor]).
@NullMarked
package dev.tandem.pools.internal.executor;

import org.jspecify.annotations.NullMarked;
