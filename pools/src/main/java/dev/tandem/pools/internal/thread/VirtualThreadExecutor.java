package dev.tandem.pools.internal.thread;

import com.google.common.collect.MapMaker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// A new virtual thread for each task.
final class VirtualThreadExecutor extends CountedExecutor {
  private final @Nullable ThreadFactory given;
  private final ThreadFactory unnamed;

  /// At a limit a thread may be started by that of the task which has made room: then it must not
  /// inherit what that task has set. So none inherits thread-locals there.
  private final boolean inherits;

  /// The context class loaders of submitters, where they are not the one of the executor's maker,
  /// of tasks that wait at a limit: a thread started by the one that has made room would have that
  /// one's.
  private final Map<TaskRun<?>, ClassLoader> waiting = new MapMaker().weakKeys().makeMap();

  VirtualThreadExecutor(String name, ThreadOptions options) {
    super(name, options, options.concurrency());
    this.given = options.threadFactory();
    this.inherits = options.concurrency() == 0;
    this.unnamed = Thread.ofVirtual().name(name).inheritInheritableThreadLocals(inherits).factory();
  }

  @Override
  void startNow(TaskRun<?> task) {
    Thread thread = threadFor(task);
    if (isLimited() && given == null) {
      ClassLoader loader = waiting.isEmpty() ? null : waiting.remove(task);
      thread.setContextClassLoader(loader == null ? host.loader : loader);
    }
    thread.start();
  }

  @Override
  void mayWait(TaskRun<?> task) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (given == null && loader != null && loader != host.loader) {
      waiting.put(task, loader);
    }
  }

  private Thread threadFor(TaskRun<?> task) {
    if (given != null) {
      return ThreadExecutors.newThread(host, given, task);
    }
    if (task.title() == null) {
      return unnamed.newThread(task);
    }
    return Thread.ofVirtual()
        .name(host.name + "/" + task.name())
        .inheritInheritableThreadLocals(inherits)
        .unstarted(task);
  }

  @Override
  boolean reusesThreads() {
    return false; // each task has a thread of its own, and with it its own thread-locals
  }

  @Override
  List<Runnable> stopNow() {
    interruptRunning();
    return List.of();
  }
}
