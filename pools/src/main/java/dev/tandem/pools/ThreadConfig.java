package dev.tandem.pools;

import dev.tandem.core.ExecutorConfig;
import dev.tandem.pools.internal.thread.ThreadOptions;
import java.util.concurrent.ThreadFactory;

/// What an executor whose tasks run on threads of this JVM can be configured with.
///
/// {@snippet file="GuideSnippetsTest.java" region="thread-config"}
public sealed interface ThreadConfig extends ExecutorConfig<ThreadConfig> permits ThreadOptions {
  /// {@return a copy in which at most `n` tasks run at the same time} For virtual threads and for
  /// adapters, which are unlimited otherwise; the size of a thread pool is an argument of its own.
  ///
  /// @param n the most; positive
  ThreadConfig withConcurrency(int n);

  /// {@return a copy that takes its threads from this factory} The names that the factory gives are
  /// kept. A factory that returns null or throws makes the submission fail with a
  /// [java.util.concurrent.RejectedExecutionException], or, for a task that had to wait, its
  /// future.
  ///
  /// @param f the factory
  ThreadConfig withThreadFactory(ThreadFactory f);

  /// {@return a copy that renames a platform thread to the task it runs, and back} Renaming costs
  /// about half a microsecond a task, so it is off unless asked for. Virtual threads have their
  /// task's name anyway.
  ThreadConfig withThreadsNamedAfterTasks();
}
