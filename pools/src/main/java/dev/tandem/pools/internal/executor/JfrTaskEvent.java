package dev.tandem.pools.internal.executor;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.TandemEvent;
import java.util.concurrent.Callable;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Throttle;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// A task for Flight Recorder. On threads it is the body, too: so a task that waits in a queue has
/// the time of its submission without a field of its own.
@Name("dev.tandem.Task")
@Label("Task")
@Description("One task of a Tandem executor, from the start of its body to its end")
@Throttle // off by default: a recording of millions of tasks can ask for a sample
final class JfrTaskEvent<T extends @Nullable Object> extends TandemEvent
    implements TaskRecord, Callable<T> {
  private static final JfrTaskEvent<?> PROBE = new JfrTaskEvent<>(null, 0);

  /// Flight Recorder shows such a span of time as "N/A".
  private static final long UNKNOWN = Long.MIN_VALUE;

  @Label("Task")
  @Description("The name that it was given; null if it has a number only")
  @Nullable String task;

  @Label("Number")
  @Description("Its number in the executor")
  long number;

  @Label("Executor")
  @Nullable String executor;

  @Label("Queue Time")
  @Description("The time from the submission, with any wait for room, to the start of the body")
  @Timespan
  long queueTime = UNKNOWN;

  @Label("Outcome")
  @Description("SUCCEEDED, FAILED, TIMED_OUT or CANCELLED")
  @Nullable String outcome;

  @Label("Failure")
  @Description("The class of the exception with which the future fails")
  @Nullable Class<?> failure;

  @Label("Process ID")
  @Description("The worker process that ran it; 0 for a thread")
  long pid;

  private final transient @Nullable Callable<T> body;
  private final transient long submittedAt;
  private transient boolean started;
  private transient boolean ended;

  private JfrTaskEvent(@Nullable Callable<T> body, long submittedAt) {
    this.body = body;
    this.submittedAt = submittedAt;
  }

  /// Loads the class.
  static void load() {}

  static boolean isOn() {
    return PROBE.isEnabled();
  }

  static <T extends @Nullable Object> JfrTaskEvent<T> ofSubmitted(@Nullable Callable<T> body) {
    return new JfrTaskEvent<>(body, System.nanoTime());
  }

  static @Nullable TaskRecord started(Callable<?> body) {
    try {
      JfrTaskEvent<?> event;
      if (body instanceof JfrTaskEvent<?> stamped) {
        event = stamped;
        event.queueTime = System.nanoTime() - event.submittedAt;
      } else {
        event = new JfrTaskEvent<>(null, 0);
      }
      event.started = true;
      event.begin();
      return event;
    } catch (Throwable _) { // no memory: the task runs all the same
      return null;
    }
  }

  @Override
  public T call() throws Exception {
    return requireNonNull(body).call();
  }

  @Override
  public void starts(long pid) {
    queueTime = System.nanoTime() - submittedAt;
    if (pid != 0) {
      this.pid = pid;
    }
    started = true;
    begin();
  }

  @Override
  public void ended() {
    end();
    ended = true;
  }

  @Override
  public void settled(AcceptedTask<?> of, Outcome how, @Nullable Class<?> with) {
    if (!started || !of.isCounted()) {
      return;
    }
    if (!ended) {
      ended();
    }
    if (shouldCommit()) {
      task = of.title();
      number = of.id();
      executor = of.executor();
      outcome = how.name();
      failure = with;
      tell();
    }
  }
}
