package dev.tandem.pools.internal.process.fleet;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// The jobs that wait for a worker: those that come back from one before those that are new. Any
/// thread adds; the holder of the dispatcher's lock takes.
final class WorkQueue {
  private static final int SEGMENT = 1024;

  private final Queue<Job> returned = new ConcurrentLinkedQueue<>();
  private final MpscUnboundedVarHandleArrayQueue<Job> fresh =
      new MpscUnboundedVarHandleArrayQueue<>(SEGMENT);

  void add(Job job) {
    fresh.offer(job);
  }

  void giveBack(Job job) {
    returned.add(job);
  }

  boolean isEmpty() {
    return fresh.isEmpty() && returned.isEmpty();
  }

  int size() {
    return fresh.size() + returned.size();
  }

  // ---- @GuardedBy("the dispatcher's lock")

  /// {@return the next job that was not cancelled; null if there is none}
  @Nullable Job peek() {
    for (Job job; (job = returned.peek()) != null; returned.poll()) {
      if (job.isWaiting()) {
        return job;
      }
    }
    for (Job job; (job = fresh.relaxedPeek()) != null; fresh.relaxedPoll()) {
      if (job.isWaiting()) {
        return job;
      }
    }
    return null;
  }

  /// Removes the job that [#peek()] returned.
  void remove(Job job) {
    if (returned.peek() == job) {
      returned.poll();
    } else {
      fresh.relaxedPoll();
    }
  }

  void drain(Consumer<Job> action) {
    for (Job job; (job = peek()) != null; ) {
      remove(job);
      action.accept(job);
    }
  }
}
