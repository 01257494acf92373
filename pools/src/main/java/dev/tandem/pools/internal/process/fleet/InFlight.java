package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The jobs that one worker was sent and has not answered, and about how much of them lies in its
/// socket.
final class InFlight {
  /*
   * A ring, with a slot for each slot of the worker's status page. Jobs are answered in the order in
   * which they were sent, each once, so two counters say what is in flight. A slot is empty where a
   * job was withdrawn; the worker says in its turn that it has skipped that job.
   *
   * Jobs are added and withdrawn under the dispatcher's lock; answers are the business of the reader,
   * or of whichever thread reaps the worker instead. Where both take a job from its slot, one gets it
   * (getAndSet). Any thread may look.
   *
   * Sending could block if the socket had more than fits. So each slot has a cost, and there is a sum.
   * A cost is written before `lastSent`, and read by a reader that has read that.
   */
  private static final int MASK = StatusPage.SLOTS - 1;

  /// The most bytes that lie in a socket.
  private static final int MOST = 96 << 10;

  /// What the kernel needs for a piece of a stream beside its bytes.
  private static final int PIECE = 1024;

  private final JobHost worker;
  private final AtomicReferenceArray<@Nullable Job> slots =
      new AtomicReferenceArray<>(StatusPage.SLOTS);
  private final int[] costs = new int[StatusPage.SLOTS];
  private final AtomicInteger load = new AtomicInteger();
  private volatile int lastSent; // writes: @GuardedBy("the dispatcher's lock")
  private volatile int answered; // Thread: the reader of the worker

  InFlight(JobHost worker) {
    this.worker = worker;
  }

  int size() {
    return lastSent - answered;
  }

  boolean isEmpty() {
    return lastSent == answered;
  }

  /// {@return the number of the job that was sent last}
  int last() {
    return lastSent;
  }

  /// {@return the number of the job that is answered next}
  int next() {
    return answered + 1;
  }

  /// {@return the job with this number; null if it was withdrawn}
  @Nullable Job job(int number) {
    return slots.get(number & MASK);
  }

  /// {@return the job that the worker runs; null if there is none}
  @Nullable Job running() {
    int next = next();
    Job job = isEmpty() ? null : job(next);
    return job != null && worker.page().hasStarted(next) ? job : null;
  }

  /// {@return the jobs that were not withdrawn} Of a worker that is gone, whose other jobs were:
  /// these have started, or the page is garbage. The last of them was running; there are others
  /// only if what the worker has answered could not be read.
  List<Job> started() {
    List<Job> all = new ArrayList<>();
    int number = next();
    for (int left = size(); left > 0; left--, number++) {
      Job job = job(number);
      if (job != null && !worker.page().isWithdrawn(number)) {
        all.add(job);
      }
    }
    return all;
  }

  /// {@return whether the worker has started a later job than this one}
  boolean hasMovedOn(int number) {
    for (int later = number + 1; later - lastSent <= 0; later++) {
      if (worker.page().hasStarted(later)) {
        return true;
      }
    }
    return false;
  }

  // ---- the socket

  boolean isFull() {
    return load.get() >= MOST;
  }

  boolean hasRoomFor(Message message) {
    return message.length() <= MOST - PIECE - load.get();
  }

  /// {@return whether a message never goes beside others}
  static boolean isLarge(Message message) {
    return message.hasBlobs() || message.length() > MOST / 2;
  }

  // ---- changes

  /// Gives a job the next number. @GuardedBy("the dispatcher's lock")
  ///
  /// @param first whether its message begins a piece of the stream
  /// @return false if the job was cancelled
  boolean add(Job job, Message message, boolean first) {
    int number = lastSent + 1;
    worker.page().queue(number); // before the job has the seat: a canceller may withdraw it there
    slots.set(number & MASK, job);
    if (!job.send(new Job.Seat(worker, number))) {
      slots.set(number & MASK, null);
      return false;
    }
    int cost = Math.min(message.length(), MOST) + (first ? PIECE : 0); // more is one too many
    costs[number & MASK] = cost;
    load.addAndGet(cost);
    lastSent = number;
    return true;
  }

  /// Withdraws a job that the worker has not started, and takes it from its slot.
  ///
  /// @return the job; null if it has started or was withdrawn before
  @Nullable Job withdraw(int number) {
    Job job = job(number);
    if (job == null || !worker.page().withdraw(number)) {
      return null;
    }
    var _ = take(number);
    return job;
  }

  /// Takes a job from its slot. Thread: the reader; or the one that has withdrawn the job, perhaps
  /// while the reader is told that it was skipped.
  ///
  /// @return the job; null if it was taken before
  @Nullable Job take(int number) {
    Job job = slots.getAndSet(number & MASK, null);
    if (job != null) {
      load.addAndGet(-costs[number & MASK]);
    }
    return job;
  }

  /// Counts the next job as answered; its slot may be used again. Thread: the reader.
  void answered(int number) {
    answered = number;
  }
}
