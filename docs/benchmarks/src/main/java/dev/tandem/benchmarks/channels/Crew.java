package dev.tandem.benchmarks.channels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/// Threads that start together.
final class Crew {
  static final ThreadFactory PLATFORM = Thread.ofPlatform().daemon().factory();
  static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

  interface Body {
    /// {@return the sum of what it took}
    long run() throws InterruptedException;
  }

  private Crew() {}

  /// Runs each body in a thread of its own and waits for all.
  ///
  /// @return the sum of what the bodies returned
  static long run(ThreadFactory threads, List<Body> bodies)
      throws InterruptedException, ExecutionException {
    // The last thread to come does not wait but wakes the others. The thread that waits for the
    // result sleeps by then, so with two threads the system finds a free core for the woken one.
    var start = new CountDownLatch(bodies.size());
    List<FutureTask<Long>> tasks = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    for (Body body : bodies) {
      var task =
          new FutureTask<>(() -> {
            start.countDown();
            start.await();
            return body.run();
          });
      Thread thread = threads.newThread(task);
      thread.start();
      tasks.add(task);
      started.add(thread);
    }
    try {
      long sum = 0;
      for (var task : tasks) {
        sum += task.get();
      }
      return sum;
    } catch (InterruptedException | ExecutionException e) {
      // one failed, or JMH's time is over because a channel hangs: the others must not wait for
      // ever
      started.forEach(Thread::interrupt);
      throw e;
    }
  }
}
