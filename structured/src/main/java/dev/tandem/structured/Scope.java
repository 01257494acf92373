package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.ThrowingRunnable;
import dev.tandem.core.internal.Options;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.structured.Cancellation.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scope: it brings together what its threads agree on ([ScopeState]), its subtasks
/// ([Children], [Child]), its place in the tree ([ScopePlace]), the joiner, and what failed.
final class Scope<T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends ScopeNode implements TaskScope<T, R, X> {
  private static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  private static final long LOST_CHECK_NANOS = 1_000_000_000;

  private enum Phase {
    OPEN,
    JOINED,
    CLOSED
  }

  private final Joiner<? super T, ? extends R, X> joiner;

  // The owner's alone.

  private Phase phase = Phase.OPEN;
  private boolean readable;
  private boolean endedAtDeadline;

  /// What `join` threw.
  private @Nullable Throwable thrown;

  /// The same, if it is an exception of ours on which later failures may hang.
  private @Nullable Throwable wrapper;

  private @Nullable Future<?> timer;

  /// Why it was cancelled when the owner began to leave.
  private @Nullable Cancellation cancelledBefore;

  private Scope(Joiner<? super T, ? extends R, X> joiner, ScopeOptions options) {
    super(options);
    this.joiner = joiner;
  }

  static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      Scope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner, ScopeOptions options) {
    requireNonNull(joiner, "joiner");
    Scope<T, R, X> scope = new Scope<>(joiner, options);
    if (joiner instanceof OwnJoiner<?, ?, ?> own) {
      own.serve(scope);
    }
    scope.enter();
    try {
      scope.startTimer();
    } catch (Throwable e) { // no memory, say
      endAll(scope);
      throw e;
    }
    return scope;
  }

  /// Waits for the deadline. One that has passed already, such as what is left until an instant
  /// that is over, cuts off whatever is forked.
  private void startTimer() {
    Duration timeout = options.timeout();
    if (timeout == null) {
      return;
    }
    if (timeout.isPositive()) {
      timer = TaskTimer.after(timeout, () -> TaskTimer.handOver(() -> expire(this)));
    } else {
      expire(this);
    }
  }

  // ---- forking

  @Override
  public <U extends T> Subtask<U> fork(Callable<? extends U> task) {
    return forkThread(null, requireNonNull(task, "task"));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> fork(Runnable task) {
    requireNonNull(task, "task");
    return forkThread(
        null,
        () -> {
          task.run();
          return null;
        });
  }

  @Override
  public <U extends T> Subtask<@Nullable U> fork(ThrowingRunnable task) {
    return forkThread(null, callable(task));
  }

  @Override
  public <U extends T> Subtask<U> fork(String name, Callable<? extends U> task) {
    return forkThread(Options.name(name), requireNonNull(task, "task"));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> fork(String name, ThrowingRunnable task) {
    return forkThread(Options.name(name), callable(task));
  }

  private static <U extends @Nullable Object> Callable<@Nullable U> callable(
      ThrowingRunnable task) {
    requireNonNull(task, "task");
    return () -> {
      task.runChecked();
      return null;
    };
  }

  @Override
  public <U extends T> Subtask<U> forkOn(
      TaskExecutor executor, SerializableCallable<? extends U> task) {
    requireNonNull(executor, "executor");
    requireNonNull(task, "task");
    checkMayFork();
    return fork(number -> {
      String label = path().isEmpty() ? "subtask-" + number : path() + "/" + number;
      return new ExecutorChild<U>(this, number, executor, null, Task.of(label, task));
    });
  }

  @Override
  public <U extends T> Subtask<@Nullable U> forkOn(
      TaskExecutor executor, SerializableRunnable task) {
    return forkOn(executor, sendable(task));
  }

  @Override
  public <U extends T> Subtask<U> forkOn(
      TaskExecutor executor, String name, SerializableCallable<? extends U> task) {
    return forkOn(executor, Task.of(name, task));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> forkOn(
      TaskExecutor executor, String name, SerializableRunnable task) {
    return forkOn(executor, name, sendable(task));
  }

  private static <U extends @Nullable Object> SerializableCallable<@Nullable U> sendable(
      SerializableRunnable task) {
    requireNonNull(task, "task");
    return () -> {
      task.runChecked();
      return null;
    };
  }

  @Override
  public <U extends T> Subtask<U> forkOn(TaskExecutor executor, Task<? extends U> task) {
    requireNonNull(executor, "executor");
    requireNonNull(task, "task");
    checkMayFork();
    return fork(number -> new ExecutorChild<U>(this, number, executor, task.name(), task));
  }

  private <U extends T> Subtask<U> forkThread(@Nullable String name, Callable<? extends U> task) {
    checkMayFork();
    Callable<? extends U> inContext = inContext(task);
    return fork(number -> new ThreadChild<U>(this, number, name, inContext));
  }

  /// Captures the context of the forking thread, also for a subtask that starts much later.
  private <U extends @Nullable Object> Callable<U> inContext(Callable<U> task) {
    List<ContextPropagator> context = options.context();
    Callable<U> wrapped = task;
    for (int i = context.size() - 1; i >= 0; i--) {
      wrapped = requireNonNull(context.get(i).wrap(wrapped), "context: wrap returned null");
    }
    return wrapped;
  }

  private <U extends T> Subtask<U> fork(IntFunction<Child<U>> maker) {
    Child<U> child = make(maker);
    tellJoiner(child);
    children.add(child);
    try {
      begin(child);
    } catch (Throwable e) { // an error: it is counted, so it must have an end
      child.refuse(e);
      throw e;
    }
    children.sweepIfWorthIt(child.number(), state.unfinished());
    return child;
  }

  private void begin(Child<?> child) {
    ScopeNode deadline = state.expiredBy();
    if (!isCancelled()) {
      if (deadline != null) {
        cancel(new Cancellation(Kind.TIMEOUT, deadline, null));
      } else if (state.isClosing()) {
        leave();
      }
    }
    // After adding: either we see the cancellation here, or its walk sees the subtask.
    if (isCancelled()) {
      child.cancel();
    } else {
      launch(child);
    }
  }

  private <U extends @Nullable Object> Child<U> make(IntFunction<Child<U>> maker) {
    int number = state.fork();
    try {
      return maker.apply(number);
    } catch (Throwable e) {
      state.finished();
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // a joiner of a supertype takes the handle as one of its own
  private <U extends T> void tellJoiner(Child<U> child) {
    try {
      if (((Joiner<U, ?, ?>) joiner).onFork(child)) {
        cancel(Kind.ENOUGH, null);
      }
    } catch (Throwable e) {
      try {
        cancel(Kind.CALLBACK, e);
      } finally {
        child.cancel(); // it is counted, so it must have an end
      }
      throw e;
    }
  }

  private void launch(Child<?> child) {
    try {
      child.prepare();
    } catch (Throwable e) {
      child.refuse(e);
      return;
    }
    if (limit == null || child instanceof ExecutorChild) {
      child.start();
    } else if (limit.admit(child)) {
      startFirstOf(child);
    }
  }

  /// Starts a subtask that has a permit; if it never runs, the permit goes to the next.
  private void startFirstOf(Child<?> child) {
    StartLimit permits = requireNonNull(limit);
    for (Child<?> next = child; next != null && !next.start(); ) {
      next = permits.next();
    }
  }

  // ---- what subtasks tell

  /// A subtask has succeeded or failed.
  void completed(Child<?> child, @Nullable Throwable failure) {
    try {
      boolean keeps = joiner instanceof OwnJoiner<?, ?, ?> own && own.keepsFailures();
      if (failure != null && (keeps || isCancelled())) {
        failures.add(failure, false);
      }
      if (!isCancelled() && onComplete(child)) {
        if (failure != null && !keeps) {
          failures.add(failure, false);
        }
        cancel(Kind.ENOUGH, null);
      }
    } finally {
      state.finished();
    }
  }

  @SuppressWarnings("unchecked") // as in onFork
  private boolean onComplete(Child<?> child) {
    boolean byOwner = Thread.currentThread() == owner; // if it could not be started
    boolean readableBefore = readable;
    try {
      if (byOwner) {
        readable = true;
      }
      return ((Joiner<Object, ?, ?>) joiner).onComplete((Subtask<Object>) child);
    } catch (Throwable e) {
      failures.add(e, true);
      cancel(Kind.CALLBACK, e);
      return true; // the scope is over; a failure of the subtask has been seen by nobody
    } finally {
      if (byOwner) {
        readable = readableBefore;
      }
    }
  }

  /// A subtask that was told to stop has ended.
  void endedLate(@Nullable Throwable failure) {
    if (failure != null) {
      failures.add(failure, true);
    }
    state.finished();
  }

  /// A subtask was cancelled before it began.
  void neverRan() {
    state.finished();
  }

  /// A body has ended, and its permit is free.
  void bodyEnded() {
    if (limit != null) {
      Child<?> next = limit.next();
      if (next != null) {
        startFirstOf(next);
      }
    }
  }

  // ---- cancelling

  @Override
  public void cancel() {
    if (Thread.currentThread() == owner) {
      readable = true;
    }
    if (!state.isClosing()) {
      cancel(Kind.REQUESTED, null);
    }
  }

  // ---- joining and closing

  @Override
  public R join() throws X, InterruptedException {
    checkOwner("join");
    checkNotJoined("join");
    readable = true;
    wrapper = null;
    await(0);
    phase = Phase.JOINED;
    state.joined();
    stopTimer();
    Cancellation reason = state.cancellation();
    made = null;
    madeOfCancel = null;
    asksJoiner = true;
    try {
      return reason == null ? joiner.result() : resultAfter(reason);
    } catch (Throwable e) {
      thrown = e;
      hangFailures(e);
      if (reason != null && reason.origin() != this && e == madeOfCancel) {
        Child<?> around = LiveScopes.child(owner);
        if (around != null) {
          around.echo(e);
        }
      }
      throw e;
    } finally {
      asksJoiner = false;
    }
  }

  /// Hangs the failures on what `join` throws, or on what was made for this scope further down in
  /// it, by one of our joiners that another one wraps.
  private void hangFailures(Throwable e) {
    Throwable ours = made;
    if (ours != null && (e == ours || Causes.chain(e).contains(ours))) {
      wrapper = ours;
      failures.hangOn(ours);
    }
  }

  /// Waits until fewer than `max` subtasks are unfinished.
  ///
  /// @return false if the scope was cancelled
  boolean awaitRoom(int max) throws InterruptedException {
    await(max - 1);
    return !isCancelled();
  }

  private void await(int unfinished) throws InterruptedException {
    try {
      while (!state.await(this, unfinished, roundNanos())) {
        children.forEach(Child::failIfLost);
      }
    } catch (InterruptedException e) {
      thrown = e;
      wrapper = e;
      failures.hangOn(e);
      throw e;
    }
  }

  /// How long to wait before looking whether a thread of a user's factory has ended without running
  /// its subtask: the one completion that nobody reports.
  private long roundNanos() {
    return options.threadFactory() == null ? ScopeState.FOREVER : LOST_CHECK_NANOS;
  }

  /// Whether `join` gave what there was at the deadline. Asked after it.
  boolean endedAtDeadline() {
    return endedAtDeadline;
  }

  /// Says that another exception is thrown in place of what `join` threw.
  void replaced(Throwable e, Throwable by) {
    Child<?> around = LiveScopes.child(owner);
    if (around != null) {
      around.replaceEcho(e, by);
    }
  }

  private R resultAfter(Cancellation reason) throws X {
    tellRest(reason); // so that what was not complete has its final answer
    return switch (reason.kind()) {
      case TIMEOUT -> {
        endedAtDeadline = state.hasCutOff();
        yield endedAtDeadline ? joiner.timeout() : joiner.result();
      }
      case CALLBACK -> {
        var e = new CompletionException(this + ": " + reason.kind().text, reason.failure());
        made(e, false);
        throw e;
      }
      default -> joiner.result();
    };
  }

  @Override
  public void close() {
    checkOwner("close");
    if (phase == Phase.CLOSED) {
      return;
    }
    boolean outOfOrder = inner != null;
    endAll(this);
    if (outOfOrder) {
      throw new IllegalStateException(
          this + " was closed while a scope inside it was open (expected: the reverse order)");
    }
  }

  @Override
  void beginEnd(boolean first) {
    cancelledBefore = state.cancellation();
    if (state.close()) {
      leave();
    }
    Cancellation reason = state.cancellation();
    if (reason == null) {
      return;
    }
    if (first) {
      tellRest(reason);
    } else {
      children.forEach(Child::cancel); // those inside follow; all of it each time is too much
    }
  }

  @Override
  void finishEnd() {
    children.awaitEnd();
    stopTimer();
    place.leave(owner);
    boolean joined = phase == Phase.JOINED;
    phase = Phase.CLOSED;
    readable = true;
    if (!joined) {
      state.cancel(
          new Cancellation(Kind.LEFT, this, null)); // as the JDK's: nothing is left to tell
    }
    tellLosses(joined, cancelledBefore);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /// Failures that came after `join` hang on what it threw; if they cannot, they are logged.
  private void tellLosses(boolean joined, @Nullable Cancellation before) {
    if (failures.isEmpty() ? joined || thrown != null : failures.hangOn(wrapper)) {
      return;
    }
    if (joined || thrown != null) {
      failures.logBeside(this, thrown);
    } else if (!failures.isEmpty()) {
      Logs.warn("{} was left without join; subtasks failed", this, failures.joined());
    } else if (state.forked() > 0 && (before == null || before.kind() == Kind.TIMEOUT)) {
      // With all complete nothing was lost, only not asked for.
      if (state.hasCutOff()) {
        LOG.warn("{} was left without join; what had not completed was cancelled", this);
      } else {
        LOG.debug("{} was left without join", this);
      }
    }
  }

  void checkReadable() {
    if (!readable && Thread.currentThread() == owner) {
      throw new IllegalStateException(this + ": result read by the owner before join");
    }
  }

  private void checkMayFork() {
    Thread current = Thread.currentThread();
    if (current == owner) {
      checkNotJoined("fork");
      return;
    }
    Child<?> child = LiveScopes.child(current);
    for (ScopeNode s = child == null ? null : child.scope; s != null; s = s.place.outer()) {
      if (s == this) {
        checkNotOver();
        return;
      }
    }
    if (!children.contains(current)) { // it is, if it has set a handler of its own
      throw wrongThread("fork", current, " or one of its subtasks");
    }
  }

  /// For a subtask of a scope inside, or a thread whose subtask has completed: a subtask that is
  /// not complete keeps the owner from joining, unless the scope is cancelled.
  private void checkNotOver() {
    if (state.isJoined() && !isCancelled()) {
      throw new IllegalStateException("fork: " + this + " was joined before");
    }
  }

  private void checkOwner(String method) {
    Thread current = Thread.currentThread();
    if (current != owner) {
      throw wrongThread(method, current, "");
    }
  }

  private WrongThreadException wrongThread(String method, Thread current, String others) {
    return new WrongThreadException(
        "%s of %s: called by %s (expected: its owner %s%s)"
            .formatted(method, this, current, owner, others));
  }

  private void checkNotJoined(String method) {
    if (phase != Phase.OPEN) {
      throw new IllegalStateException(
          method + ": " + this + (phase == Phase.CLOSED ? " is closed" : " was joined before"));
    }
  }
}
