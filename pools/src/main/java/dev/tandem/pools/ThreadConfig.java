package dev.tandem.pools;

import dev.tandem.core.ExecutorConfig;
import dev.tandem.pools.internal.thread.ThreadOptions;
import java.util.concurrent.ThreadFactory;

/// The configuration of an executor whose tasks run on threads of this JVM.
///
/// {@snippet file="GuideSnippetsTest.java" region="thread-config"}
public sealed interface ThreadConfig extends ExecutorConfig<ThreadConfig> permits ThreadOptions {
  /// {@return a copy in which at most so many tasks run at the same time} For virtual threads and
  /// for adapters, which are unlimited otherwise; the size of a thread pool is an argument of its
  /// own.
  ///
  /// @param concurrency the most; from 1 to 2<sup>29</sup>
  /// @throws IllegalArgumentException if `concurrency` is out of range
  ThreadConfig withConcurrency(int concurrency);

  /// {@return a copy that takes its threads from this factory} The names that the factory gives are
  /// kept. A factory that returns null or throws makes the submission fail with a
  /// [java.util.concurrent.RejectedExecutionException], or, for a task that had to wait, its
  /// future.
  ///
  /// @param factory the factory
  /// @throws NullPointerException if `factory` is null
  ThreadConfig withThreadFactory(ThreadFactory factory);

  /// {@return a copy that renames a platform thread to the task it runs, and back} Renaming costs
  /// about half a microsecond a task, so it is off unless asked for. Virtual threads have their
  /// task's name anyway.
  ThreadConfig withThreadsNamedAfterTasks();
}
