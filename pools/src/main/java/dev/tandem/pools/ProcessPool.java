package dev.tandem.pools;

import dev.tandem.core.ExecutorConfig;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.internal.channel.ChannelOptions;
import dev.tandem.pools.internal.process.ProcessOptions;
import dev.tandem.pools.internal.process.ProcessPoolExecutor;
import dev.tandem.queues.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// A [TaskExecutor] whose tasks run in worker JVMs, so that they cannot take this one down: a
/// crash, an [OutOfMemoryError], `System.exit` or a signal in native code fails one task; a runaway
/// task is killed at its timeout; a leak is bounded by replacing workers.
///
/// {@snippet file="ProcessSnippetsTest.java" region="pool"}
///
/// **What can be sent.** Bodies and functions are lambdas (or objects) that are
/// [Serializable][java.io.Serializable] together with what they capture; they reach a worker only
/// through a variable of the type [TaskExecutor] or `ProcessPool`. Arguments, captured values and
/// results are copies: primitives, strings, arrays, the JDK's value types and collections, records,
/// and whatever else is serializable. A body that cannot be sent fails its own future at once, with
/// a message that names the class and the field; `execute` refuses it. Arrays of bytes and buffers
/// of 16 KiB or more are sent from where they are: do not change them before the future is done.
///
/// **What is not copied.** A body must not capture what is made for threads to share, since a
/// worker would change a copy: atomic numbers and references, adders, locks and synchronizers,
/// concurrent, copy-on-write and synchronized collections, blocking queues, channels of
/// [dev.tandem.queues.Channel], futures, executors, thread locals. It fails as a body that cannot
/// be sent, with a message that says what to use instead. The same holds for the function of a
/// `map`, the initializer and the context. Inputs and results are handed over, and may be such
/// objects. [Config#withAllowed(String)] allows copies.
///
/// **What is accepted.** Decoded are, here and in the workers: objects of the application's own
/// classes (those of directories of the class path, of the modules of bodies, and of jars that
/// share a body's package root or Maven groupId), classes that a body's signature names, records,
/// enums and plain exceptions of any jar, the JDK's value types, collections and exceptions, and
/// what [Config#withAllowed(String)] adds.
///
/// **When a worker is lost.** The task that it was running fails with a [WorkerCrashedException];
/// tasks that were only waiting in it run elsewhere, once. Nothing runs twice, unless
/// [Task#withRetries(int)][dev.tandem.core.Task#withRetries(int)] allows it. A worker that dies is
/// replaced. Only when workers cannot even start, several times in a row, the pool breaks: what
/// waits fails with a [PoolStartException], which is also the cause of every later refusal.
///
/// **Cancellation and timeouts** kill: `future.cancel(true)`, a task's timeout and `shutdownNow`
/// kill the worker that runs the task, whatever it is doing; there is no grace. The future is done
/// at once; [TaskListener#ended][dev.tandem.core.TaskListener#ended(dev.tandem.core.TaskInfo)]
/// tells when the process is gone. A `map` that ends early asks its functions to stop between two
/// inputs, and kills the workers of those that still run after the grace period.
///
/// **Context.** With [Config#withContext] the values travel with the task: they have to be
/// serializable, too.
///
/// **Processes.** Workers run on the same class path or module path with the same JDK, start while
/// the first tasks are being submitted, end with this JVM, however it ends, and never outlive the
/// pool. What they print is logged, line by line, with SLF4J (logger `dev.tandem.worker`; `worker`
/// and `task` in the MDC, and what `ContextPropagator.mdc()` has carried). A pool cannot be created
/// inside a worker.
///
/// **Class loaders.** Results and failures are made again with the class loader of the body, or,
/// where that is a parent of it, with the context class loader of the thread that made the pool,
/// whichever thread reads them. Listeners and callbacks see the latter. In a worker, the context
/// class loader is the application's.
///
/// Thread-safe. Memory effects are those of [TaskExecutor], although nothing is shared: what a
/// thread did before it submitted has been done when the body runs.
public sealed interface ProcessPool extends TaskExecutor permits ProcessPoolExecutor {
  /// {@return the worker processes at about this moment, spares and those that are starting
  /// included}
  List<WorkerInfo> workers();

  /// {@return how the pool is at about this moment}
  PoolState state();

  /// {@return whether as many workers as the pool was made with are ready, in time} Without it,
  /// tasks wait for the first worker by themselves; this is for a service that takes no request
  /// before it can answer. False, too, if the pool is shut down before.
  ///
  /// @param duration the longest time to wait; zero or less to look only
  /// @throws NullPointerException if `duration` is null
  /// @throws PoolStartException if workers cannot be started
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  boolean awaitReady(Duration duration) throws InterruptedException;

  /// Shuts down, cancels what has not started, and asks the workers to exit: their shutdown hooks
  /// run. What is running fails with a [WorkerCrashedException]. Does not wait; a worker that has
  /// not exited after the grace period is killed.
  void terminateWorkers();

  /// Shuts down, cancels what has not started, and kills the workers, at once. What is running
  /// fails with a [WorkerCrashedException]. Does not wait.
  void killWorkers();

  /// {@return memory that tasks of this pool use without a copy, full of zeros} It is reserved at
  /// once: in shared memory, or, if that has no room, in a file beside the pool's socket. 16 MiB of
  /// room are left to others.
  ///
  /// @param bytes its size; at least 1
  /// @throws IllegalArgumentException if `bytes` is not positive
  /// @throws IllegalStateException if the pool has ended
  /// @throws java.io.UncheckedIOException if there is no room for it
  SharedSegment newSegment(long bytes);

  /// {@return a number that tasks of this pool read and change}
  ///
  /// @param initial its first value
  /// @throws IllegalStateException if the pool has ended
  /// @throws java.io.UncheckedIOException if there is no room for it
  SharedLong newLong(long initial);

  /// {@return numbers that tasks of this pool read and change, all zero}
  ///
  /// @param length how many; from 1 to 268,435,455
  /// @throws IllegalArgumentException if `length` is out of range
  /// @throws IllegalStateException if the pool has ended
  /// @throws java.io.UncheckedIOException if there is no room for them
  SharedLongArray newLongArray(int length);

  /// {@return a channel that tasks of this pool and threads of this JVM put into and take from}
  /// First in, first out; as for [#newChannel(int, UnaryOperator)].
  ///
  /// @param capacity the number of elements that fit, exactly; from 1 to 2^20
  /// @param <E> the type of the elements
  /// @throws IllegalArgumentException if `capacity` is out of its range
  /// @throws IllegalStateException if the pool has ended
  <E> Channel<E> newChannel(int capacity);

  /// {@return a channel that tasks of this pool and threads of this JVM put into and take from}
  ///
  /// {@snippet file="ProcessChannelSnippetsTest.java" region="channel"}
  ///
  /// A task that captures the channel, or gets it as an argument or in a larger value, has the same
  /// channel. Any number of threads of any of the processes put and take, wait, and close it, with
  /// the contract of [Channel], and these differences:
  ///
  /// - Elements travel as copies, by the same rules as arguments and results of tasks, between
  ///   threads of this JVM, too. An element that cannot be sent makes its put throw
  ///   [IllegalArgumentException]; one that is not accepted where it is taken makes its take throw
  ///   [java.io.UncheckedIOException], and is gone.
  /// - [Channel#asBlockingQueue()] is not supported.
  /// - Elements that one process has put, one process takes in that order, unless a worker dies, or
  ///   elements that were on the way to a worker that does not ask for them are called back.
  ///
  /// **A worker that dies** at any moment neither holds the others up nor makes anything twice or
  /// wrong. What it has put is in the channel if the put had returned; an element whose put was
  /// under way is in, or is not. What it has not taken, others take. What it has taken and not said
  /// to be [done][Channel#taskDone()] is lost: it counts as done, and from then on each
  /// [Channel#awaitDone()] throws [WorkerCrashedException] at its end, as not all that was put was
  /// dealt with; or, [with redelivery][ChannelConfig#withRedelivery()], it is taken again.
  ///
  /// **Memory effects** are those of a channel in one JVM, for what is in shared memory: what a
  /// thread wrote before a put is there for the thread, of whatever process, that has taken the
  /// element.
  ///
  /// When the pool has ended, the channel is closed, with an [IllegalStateException] as the cause
  /// unless it was closed before; what is left in it can be taken in this JVM.
  ///
  /// @param capacity the number of elements that fit, exactly; from 1 to 2^20. Elements that were
  ///   taken with redelivery, and are not done, count, too
  /// @param cf returns a changed copy of the configuration that it is given
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `cf` is null or returns null
  /// @throws IllegalArgumentException if `capacity` is out of its range
  /// @throws IllegalStateException if the pool has ended
  <E> Channel<E> newChannel(int capacity, UnaryOperator<ChannelConfig> cf);

  /// The configuration of a channel between processes.
  sealed interface ChannelConfig permits ChannelOptions {
    /// {@return a copy with this name, which errors and dumps show} Otherwise one is made up.
    ///
    /// @param name the name
    /// @throws NullPointerException if `name` is null
    /// @throws IllegalArgumentException if `name` is blank
    ChannelConfig withName(String name);

    /// {@return a copy in which an element that a worker has taken is taken again, by another
    /// worker or in this JVM, if the worker dies before it has said that it is
    /// [done][Channel#taskDone()]} So each element that a worker takes must be said to be done by
    /// that worker: until then its place in the channel is not free, and the channel does not end.
    /// `taskDone` says so of the element that the worker has taken first of those that are not
    /// done.
    ///
    /// An element may then be dealt with more than once: a worker may die after it has done its
    /// work and before it has said so.
    ChannelConfig withRedelivery();
  }

  /// {@return a proxy of an object of this JVM, which tasks of this pool can call}
  ///
  /// {@snippet file="RemoteObjectSnippetsTest.java" region="export"}
  ///
  /// A task that captures the proxy, or gets it as an argument or in a larger value, calls the
  /// object here, where it stays: only arguments and results travel, as copies, by the same rules
  /// as those of tasks. Each call waits for its result, or its exception, which is thrown as it is.
  /// Calls run here in virtual threads, those of different workers and threads at the same time, so
  /// the object must be thread-safe. Called through the proxy in this JVM, it runs in the calling
  /// thread, and nothing is copied. The object can be called until the pool has ended, which keeps
  /// it reachable.
  ///
  /// Only the methods of the interface can be called, those it inherits and its default methods
  /// included. `equals`, `hashCode` and `toString` are the proxy's own. Of arguments that cannot be
  /// sent or accepted, the caller gets an [IllegalArgumentException], of such a result an
  /// [java.io.UncheckedIOException].
  ///
  /// If the thread of the caller is interrupted while it waits, the thread that runs the call is
  /// interrupted, too, and the caller goes on at once: with an [InterruptedException] if the method
  /// can throw that, otherwise with a [java.util.concurrent.CancellationException] and its
  /// interrupt flag set. If it was interrupted before, nothing is called. If the worker dies, a
  /// call that has begun runs on.
  ///
  /// @param service the interface
  /// @param target the object
  /// @param <S> the type of the interface
  /// @throws NullPointerException if `service` or `target` is null
  /// @throws IllegalArgumentException if `service` is no interface, is sealed, or is not
  ///   accessible, or `target` does not implement it
  /// @throws IllegalStateException if the pool has ended
  <S> S export(Class<S> service, S target);

  /// The configuration of a process pool.
  ///
  /// {@snippet file="ProcessSnippetsTest.java" region="config"}
  sealed interface Config extends ExecutorConfig<Config> permits ProcessOptions {
    /// {@return a copy whose workers run this before their first task} For what is expensive to set
    /// up: a model, a connection. If it throws, the worker exits and another is tried.
    ///
    /// @param initializer is sent to each worker; what it leaves in static fields is there for the
    ///   tasks
    /// @throws NullPointerException if `initializer` is null
    Config withInitializer(SerializableRunnable initializer);

    /// {@return a copy whose workers have this much heap} A task that needs more fails with a
    /// [WorkerCrashedException] that says so. Unless set, the workers share the maximum heap of
    /// this JVM equally.
    ///
    /// @param bytes the maximum; at least 8 MiB
    /// @throws IllegalArgumentException if `bytes` is out of range
    Config withMaxHeap(long bytes);

    /// {@return a copy whose workers get these JVM arguments, after the pool's own and those set
    /// before} Nothing is inherited from this JVM: `JAVA_TOOL_OPTIONS`, agents, debuggers and
    /// system properties reach a worker only if they are given here.
    ///
    /// @param arguments such as `-Xss2m`, `-Dkey=value`, `-XX:+UseParallelGC`
    /// @throws NullPointerException if `arguments` or one of them is null
    /// @throws IllegalArgumentException if one of them is not for the JVM, or is the pool's own
    Config withJvmArguments(String... arguments);

    /// {@return a copy that keeps this many more workers ready} A spare takes the place of a worker
    /// that died, or is recycled, at once, where a new one takes nearly a tenth of a second.
    ///
    /// @param spares how many; from 0 to 1,024
    /// @throws IllegalArgumentException if `spares` is out of range
    Config withSpares(int spares);

    /// {@return a copy that replaces a worker after this many tasks} The replacement starts before
    /// the old one leaves. An input of a `map` is a task. A worker never runs more.
    ///
    /// @param tasks how many; positive
    /// @throws IllegalArgumentException if `tasks` is out of range
    Config withRecycleAfter(int tasks);

    /// {@return a copy that replaces a worker that is older than this, once it has no task}
    ///
    /// @param age how long it may live; positive
    /// @throws NullPointerException if `age` is null
    /// @throws IllegalArgumentException if `age` is out of range
    Config withRecycleAfter(Duration age);

    /// {@return a copy that replaces a worker whose memory, as the operating system counts it, has
    /// grown beyond this, once it has no task} Measured after tasks, at most once a second. Has no
    /// effect where the system does not tell (only Linux does).
    ///
    /// @param bytes resident memory; positive
    /// @throws IllegalArgumentException if `bytes` is out of range
    Config withRecycleAbove(long bytes);

    /// {@return a copy that accepts objects of these classes, too} For classes of libraries that
    /// are neither records nor enums nor plain exceptions: see "What is accepted" at [ProcessPool].
    /// A refusal names the calls that accept everything in the refused message.
    ///
    /// Bodies may also capture objects of these classes as copies if they are made to be shared:
    /// `withAllowed("java.util.concurrent.ConcurrentHashMap")` sends each worker a copy of such a
    /// map, of which changes do not come back.
    ///
    /// @param pattern a class (`org.acme.Point`), a package (`org.acme.*`), or a package with all
    ///   below it (`org.acme.**`)
    /// @throws NullPointerException if `pattern` is null
    /// @throws IllegalArgumentException if `pattern` is none of these
    Config withAllowed(String pattern);

    /// {@return a copy in which at most this many tasks wait inside a worker} By default that
    /// depends on how long tasks take: tasks of microseconds are sent by the hundred, tasks of a
    /// millisecond one by one. With zero, a worker gets its next task when it has returned the last
    /// result.
    ///
    /// @param tasks the most; from 0 to 511
    /// @throws IllegalArgumentException if `tasks` is out of range
    Config withPrefetch(int tasks);

    /// {@return a copy in which a worker that has not been heard of for this long is killed} It is
    /// stopped, swapped out, or in a very long garbage collection; a task that computes does not
    /// keep it from being heard of. 30 seconds unless set. Time in which this JVM was suspended,
    /// too, does not count.
    ///
    /// @param timeout how long; at least one second
    /// @throws NullPointerException if `timeout` is null
    /// @throws IllegalArgumentException if `timeout` is out of range
    Config withHeartbeatTimeout(Duration timeout);

    /// {@return a copy in which a worker that is not ready after this long is killed, and counts as
    /// one that did not start} That is the start of its JVM and the initializer together. One
    /// minute unless set.
    ///
    /// @param timeout how long; positive
    /// @throws NullPointerException if `timeout` is null
    /// @throws IllegalArgumentException if `timeout` is out of range
    Config withStartTimeout(Duration timeout);

    /// {@return a copy that refuses larger messages} A task whose encoded form is larger fails at
    /// once; so does one whose result is. 1 GiB unless set.
    ///
    /// @param bytes the most; at least 64 KiB
    /// @throws IllegalArgumentException if `bytes` is out of range
    Config withMaxMessage(long bytes);

    /// {@return a copy whose workers start from this cache of the JVM's (`-XX:AOTCache`), somewhat
    /// faster} If the file is missing, or belongs to another JDK or class path, the pool trains a
    /// worker and writes it (and `<file>.id` beside it) in the background, once its first worker is
    /// ready: workers that start later profit, here and in the next pools. That takes one or two
    /// seconds; a pool that is closed before gives it up. The JVM needs jars for this: with a
    /// directory of classes on the class path there is no cache, and a warning says so.
    ///
    /// @param file the cache file; its directory must exist
    /// @throws NullPointerException if `file` is null
    Config withAotCache(Path file);

    /// {@return a copy that tells this listener of its workers, beside those set before}
    ///
    /// @param listener the listener
    /// @throws NullPointerException if `listener` is null
    Config withWorkerListener(WorkerListener listener);
  }
}
