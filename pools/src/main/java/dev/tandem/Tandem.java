package dev.tandem;

import static java.util.function.UnaryOperator.identity;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.Dump;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.ScopesInDump;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.channel.ChannelInDump;
import dev.tandem.pools.internal.executor.LiveExecutors;
import dev.tandem.pools.internal.process.ProcessPoolExecutor;
import dev.tandem.pools.internal.thread.ThreadExecutors;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.time.Instant;
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

  /// {@return a text that shows each live executor, its counts, its running tasks with the top of
  /// their stacks, or its worker processes; each live scope with its unfinished subtasks; and each
  /// channel that has a name, or in which a thread has ever waited} For people; its form may
  /// change. The guide shows one: [seeing what
  /// happens](doc-files/looking-inside.html#a-dump-heading1).
  ///
  /// Any thread may call it at any time. It holds no lock that a task needs, and what changes
  /// meanwhile may be in it or not.
  public static String dump() {
    return Dump.text(Tandem::fill);
  }

  /// {@return the same as [#dump()] as a JSON object (RFC 8259), for programs} In ASCII characters,
  /// without line breaks. The guide lists the names of the fields: [as
  /// JSON](doc-files/looking-inside.html#as-json-heading1). They stay; later versions may add
  /// others.
  public static String dumpJson() {
    return Dump.json(root -> {
      root.note("time", Instant.now()).note("pid", ProcessHandle.current().pid());
      fill(root);
    });
  }

  private static void fill(DumpEntry root) {
    LiveExecutors.dump(root);
    ScopesInDump.dump(root, TaskScope.class);
    ChannelInDump.dump(root);
  }

  /// Registers a [TandemMXBean] with the platform's MBean server, so that JConsole and other
  /// programs can ask a running JVM for a dump. Does nothing if that was done before. Without this
  /// call Tandem touches no MBean server.
  ///
  /// @return the name of the bean: `dev.tandem:type=Tandem`; where another class loader has a
  ///   Tandem with that name, `dev.tandem:type=Tandem,loader=2`, or the next number that is free. A
  ///   program that is unloaded unregisters it by that name
  /// @throws UnsupportedOperationException if this JVM does not have the module `java.management`
  @CanIgnoreReturnValue
  public static String registerMXBean() {
    if (!Management.PRESENT) {
      throw new UnsupportedOperationException("this JVM does not have the module java.management");
    }
    return RegisteredBean.register();
  }
}
