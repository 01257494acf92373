package dev.tandem;

import static java.util.function.UnaryOperator.identity;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.LiveExecutors;
import dev.tandem.pools.internal.process.ProcessPoolExecutor;
import dev.tandem.pools.internal.thread.ThreadExecutors;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/// Creates Tandem's executors and channels. The executors all are [TaskExecutor]s: work written for
/// one runs on the others. Scopes are opened with [TaskScope#open()].
///
/// {@snippet file="GuideSnippetsTest.java" region="facade"}
///
/// Which one? CPU-bound work: [#newThreadPool(int)] with as many threads as cores, because virtual
/// threads are not time-sliced. Work that mostly waits (for a network, a disk, a database):
/// [#newVirtualThreadExecutor()], with a limit if what it talks to needs one. Work that crashes,
/// leaks, or cannot be interrupted: [#newProcessPool(int)]. The guide says more: [choosing a
/// model](doc-files/choosing.html).
///
/// The creator of an executor closes it, best in a try-with-resources statement.
public final class Tandem {
  private Tandem() {}

  /// {@return an executor on a fixed number of platform threads} Tasks wait in an unbounded queue.
  ///
  /// @param threads how many; positive
  /// @throws IllegalArgumentException if `threads` is not positive
  public static TaskExecutor newThreadPool(int threads) {
    return newThreadPool(threads, identity());
  }

  /// {@return an executor on a fixed number of platform threads, configured}
  ///
  /// @param threads how many; positive
  /// @param cf changes the configuration; `withConcurrency` is refused: that is the number of
  ///   threads
  /// @throws NullPointerException if `cf` is null
  /// @throws IllegalArgumentException if `threads` or the configuration is out of range
  public static TaskExecutor newThreadPool(int threads, UnaryOperator<ThreadConfig> cf) {
    return ThreadExecutors.threadPool(threads, cf);
  }

  /// {@return an executor that starts a new virtual thread for each task, without a limit}
  public static TaskExecutor newVirtualThreadExecutor() {
    return newVirtualThreadExecutor(identity());
  }

  /// {@return an executor that starts a new virtual thread for each task and runs at most
  /// `maxConcurrency` of them at the same time} Tasks beyond that wait in an unbounded queue,
  /// without a thread.
  ///
  /// @param maxConcurrency the most; positive
  /// @throws IllegalArgumentException if `maxConcurrency` is not positive
  public static TaskExecutor newVirtualThreadExecutor(int maxConcurrency) {
    return newVirtualThreadExecutor(cf -> cf.withConcurrency(maxConcurrency));
  }

  /// {@return an executor that starts a new virtual thread for each task, configured}
  ///
  /// @param cf changes the configuration; `withQueue` needs `withConcurrency` beside it
  /// @throws NullPointerException if `cf` is null
  /// @throws IllegalArgumentException if the configuration is out of range or contradicts itself
  public static TaskExecutor newVirtualThreadExecutor(UnaryOperator<ThreadConfig> cf) {
    return ThreadExecutors.virtualThreads(cf);
  }

  /// {@return an executor whose tasks run in this many worker JVMs} The workers are being started
  /// when this returns.
  ///
  /// @param workers how many; positive
  /// @throws IllegalArgumentException if `workers` is not positive
  /// @throws dev.tandem.pools.PoolStartException if this JVM was started in a way in which no
  ///   workers can be started, or is itself a worker
  public static ProcessPool newProcessPool(int workers) {
    return newProcessPool(workers, identity());
  }

  /// {@return an executor whose tasks run in this many worker JVMs, configured}
  ///
  /// @param workers how many; positive
  /// @param cf changes the configuration
  /// @throws NullPointerException if `cf` is null
  /// @throws IllegalArgumentException if `workers` or the configuration is out of range, or the
  ///   initializer cannot be sent
  /// @throws dev.tandem.pools.PoolStartException if this JVM was started in a way in which no
  ///   workers can be started, or is itself a worker
  public static ProcessPool newProcessPool(int workers, UnaryOperator<ProcessPool.Config> cf) {
    return ProcessPoolExecutor.create(workers, cf);
  }

  /// {@return an executor whose tasks run on an existing executor service} Closing it shuts the
  /// existing one down, except for the JDK's common pool. It must not drop tasks silently, as a
  /// pool with a `DiscardPolicy` does: their futures would never complete. With
  /// [com.google.common.util.concurrent.MoreExecutors#newDirectExecutorService()], tasks run in the
  /// calling thread, which is [handy in tests](doc-files/testing.html#in-one-thread-heading1).
  ///
  /// @param executor runs the tasks
  /// @throws NullPointerException if `executor` is null
  public static TaskExecutor taskExecutor(ExecutorService executor) {
    return taskExecutor(executor, identity());
  }

  /// {@return an executor whose tasks run on an existing executor service, configured}
  ///
  /// @param executor runs the tasks
  /// @param cf changes the configuration; here [ThreadConfig#withConcurrency(int)] limits how many
  ///   of the existing executor's threads are taken at the same time
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if the configuration is out of range or contradicts itself
  public static TaskExecutor taskExecutor(
      ExecutorService executor, UnaryOperator<ThreadConfig> cf) {
    return ThreadExecutors.adapter(executor, cf);
  }

  /// {@return a channel that holds at most so many elements, first in, first out} The same as
  /// [Channel#bounded(int)]; [Channel] makes the other shapes, too.
  ///
  /// @param capacity how many elements fit; positive, and exact
  /// @param <E> what goes through the channel
  /// @throws IllegalArgumentException if `capacity` is not positive
  public static <E> Channel<E> newChannel(int capacity) {
    return Channel.bounded(capacity);
  }

  /// {@return a channel that holds at most so many elements, first in, first out, configured}
  ///
  /// @param capacity how many elements fit; positive, and exact
  /// @param cf changes the configuration
  /// @param <E> what goes through the channel
  /// @throws NullPointerException if `cf` is null
  /// @throws IllegalArgumentException if `capacity` is not positive, or the configuration is
  ///   refused
  public static <E> Channel<E> newChannel(int capacity, UnaryOperator<Channel.Config<E>> cf) {
    return Channel.bounded(capacity, cf);
  }

  /// {@return a text that shows each live executor, its counts, and its running tasks with the top
  /// of their stacks; and each live scope with its unfinished subtasks} For people; its form may
  /// change. The guide shows one: [seeing what
  /// happens](doc-files/looking-inside.html#a-dump-heading1).
  public static String dump() {
    return LiveExecutors.dump() + TaskScope.dump();
  }
}
