package dev.tandem.pools.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// What happened in one round: each submission, each body, each event. [#check(ExecutorStats)]
/// compares the three with each other and with what the executor itself counted.
final class TaskLedger implements TaskListener {
  /// The events of one task.
  private static final class Events {
    final AtomicInteger submitted = new AtomicInteger();
    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger succeeded = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    boolean isComplete() {
      return submitted.get() == 1
          && started.get() <= 1
          && succeeded.get() + failed.get() + cancelled.get() == 1
          && (started.get() == 1 || cancelled.get() == 1)
          && ended.get() == 1;
    }

    @Override
    public String toString() {
      return "submitted=%s started=%s succeeded=%s failed=%s cancelled=%s ended=%s"
          .formatted(submitted, started, succeeded, failed, cancelled, ended);
    }
  }

  static final class BodyFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyFailure() {
      super("for the test", null, false, false);
    }
  }

  /// A body that watches itself.
  final class Body {
    private final AtomicInteger runs = new AtomicInteger();
    private final long nanos;
    private final boolean fails;

    /// Set before whatever may interrupt it.
    volatile boolean mayBeInterrupted;

    Body(long nanos, boolean fails) {
      this.nanos = nanos;
      this.fails = fails;
    }

    Integer call() throws Exception {
      if (runs.incrementAndGet() > 1) {
        violations.add("a body ran twice");
      }
      if (Thread.currentThread().isInterrupted() && !isStopped()) {
        violations.add("a body started with the interrupt of another");
      }
      try {
        StressActor.pause(nanos);
      } catch (InterruptedException e) {
        if (!isStopped()) {
          violations.add("a body was interrupted though nobody stopped it");
        }
        throw e;
      }
      if (terminated.getAsBoolean()) {
        violations.add("the executor was terminated while a body ran");
      }
      if (fails) {
        throw new BodyFailure();
      }
      return 1;
    }

    private boolean isStopped() {
      return mayBeInterrupted || stopping;
    }
  }

  record Submission(Body body, Future<?> future) {}

  final Queue<Submission> submissions = new ConcurrentLinkedQueue<>();
  final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger executed = new AtomicInteger();
  private final Map<Long, Events> events = new ConcurrentHashMap<>();

  /// Whether the executor says that it is terminated.
  volatile BooleanSupplier terminated = () -> false;

  /// Set before the executor is told to interrupt everything.
  volatile boolean stopping;

  void accepted(Body body, Future<?> future) {
    submissions.add(new Submission(body, future));
  }

  /// By `execute`, which gives no future.
  void executed() {
    executed.incrementAndGet();
  }

  int accepted() {
    return submissions.size() + executed.get();
  }

  /// The executor is idle and everybody who acts on it has come back.
  void check(ExecutorStats stats) {
    assertThat(violations).isEmpty();
    assertThat(events.values()).allMatch(Events::isComplete);
    assertThat(submissions).allMatch(s -> s.future().isDone());
    assertThat(stats.submitted()).as("submitted").isEqualTo(accepted());
    assertThat(stats.running()).as("running").isZero();
    assertThat(stats.queued()).as("queued").isZero();
    assertThat(stats.succeeded()).as("succeeded").isEqualTo(sum(e -> e.succeeded));
    assertThat(stats.failed()).as("failed").isEqualTo(sum(e -> e.failed));
    // refused tasks, too, give `cancelled` to listeners
    assertThat(stats.completed()).as("completed").isEqualTo(stats.submitted());
    for (Submission s : submissions) {
      checkOutcome(s, events.get(((TaskRun<?>) s.future()).id()));
    }
  }

  private static void checkOutcome(Submission s, Events told) {
    switch (s.future().state()) {
      case SUCCESS -> {
        assertThat(s.body().runs).hasValue(1);
        assertThat(s.body().fails).isFalse();
        assertThat(told.succeeded).hasValue(1);
      }
      case FAILED -> assertThat(told.failed).hasValue(1);
      case CANCELLED -> assertThat(told.cancelled).hasValue(1);
      case RUNNING -> throw new AssertionError("not done: " + s.future());
    }
  }

  private int sum(Function<Events, AtomicInteger> event) {
    return events.values().stream().mapToInt(e -> event.apply(e).get()).sum();
  }

  boolean isQuiet() {
    return submissions.stream().allMatch(s -> s.future().isDone())
        && sum(e -> e.ended) == sum(e -> e.submitted);
  }

  // ---- the listener

  private Events of(TaskInfo task) {
    return events.computeIfAbsent(task.id(), _ -> new Events());
  }

  @Override
  public void submitted(TaskInfo task) {
    of(task).submitted.incrementAndGet();
  }

  @Override
  public void started(TaskInfo task) {
    of(task).started.incrementAndGet();
  }

  @Override
  public void succeeded(TaskInfo task) {
    of(task).succeeded.incrementAndGet();
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    of(task).failed.incrementAndGet();
  }

  @Override
  public void cancelled(TaskInfo task) {
    of(task).cancelled.incrementAndGet();
  }

  @Override
  public void ended(TaskInfo task) {
    of(task).ended.incrementAndGet();
  }
}
