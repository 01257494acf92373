package dev.tandem.structured;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// A subtask with a thread of its own.
final class ThreadChild<T extends @Nullable Object> extends Child<T>
    implements Runnable, Thread.UncaughtExceptionHandler {
  /// The placeholder for a running body.
  private static final Callable<?> RUNNING = () -> "";

  /// The body before it runs, RUNNING meanwhile, then null, so that a body that runs or has run can
  /// be collected. Written by the forking thread, then by the thread of the body, or by the
  /// canceller if the body never runs.
  private @Nullable Callable<? extends T> body;

  /// The thread; null once it is known to have ended. Written before the start.
  private volatile @Nullable Thread thread;

  ThreadChild(
      ScopeForks<? super T, ?, ?> scope,
      int number,
      @Nullable String name,
      Callable<? extends T> body) {
    super(scope, number, name);
    this.body = body;
  }

  @Override
  void prepare() {
    ThreadFactory factory = scope.options.threadFactory();
    thread = factory == null ? newVirtualThread() : threadOf(factory);
  }

  private Thread newVirtualThread() {
    Thread.Builder.OfVirtual builder =
        Thread.ofVirtual().inheritInheritableThreadLocals(false).uncaughtExceptionHandler(this);
    String name = path();
    Thread made = (name.isEmpty() ? builder : builder.name(name)).unstarted(this);
    // The JDK gives a thread that inherits nothing the system class loader. Where that loader does
    // not have the application's classes, the body would find none of its services.
    made.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    return made;
  }

  private Thread threadOf(ThreadFactory factory) {
    Thread made = factory.newThread(this);
    if (made == null) {
      throw new RejectedExecutionException("the thread factory gave no thread");
    }
    if (made.getState() != Thread.State.NEW || LiveScopes.child(made) != null) {
      throw new RejectedExecutionException(
          "the thread factory gave " + made + " (expected: a new thread, not started)");
    }
    made.setUncaughtExceptionHandler(this);
    String name = path();
    if (!name.isEmpty() && made.getName().isEmpty()) {
      made.setName(name);
    }
    return made;
  }

  @Override
  void launch() {
    Thread prepared = thread;
    if (prepared == null) {
      return;
    }
    prepared.start();
    if (scope.options.threadFactory() != null && prepared.getState() == Thread.State.NEW) {
      throw new RejectedExecutionException(prepared + " does not start");
    }
  }

  @Override
  void failIfLost() {
    Thread t = thread;
    // In this order: a subtask that is not final after its thread has ended never becomes final.
    if (t != null && t.getState() == Thread.State.TERMINATED && stage() == STARTED) {
      discard();
      fail(new IllegalStateException(t + " has ended without running " + this));
      scope.bodyEnded();
    }
  }

  @Override
  public void run() {
    Callable<? extends T> callable = body;
    if (callable == null || callable == RUNNING || !runsOn(Thread.currentThread())) {
      throw new IllegalStateException(this + " (expected: to be run once, by its own thread)");
    }
    body = running();
    if (Thread.currentThread().getUncaughtExceptionHandler() != this) {
      Thread.currentThread().setUncaughtExceptionHandler(this); // the factory has set its own
    }
    try {
      runBody(callable);
    } finally {
      closeInner(); // scopes that a callback has left open
      scope.bodyEnded();
    }
  }

  private void runBody(Callable<? extends T> callable) {
    if (stage() != STARTED) {
      body = null;
      end(null); // cancelled before the body began
      return;
    }
    T value;
    try {
      value = callable.call();
    } catch (Throwable e) {
      leave();
      fail(e);
      return;
    }
    leave();
    succeed(value);
  }

  @SuppressWarnings("unchecked") // it is never called
  private static <T extends @Nullable Object> Callable<T> running() {
    return (Callable<T>) RUNNING;
  }

  /// Closes the scopes that the body has left open, so that none outlives the body.
  private void leave() {
    body = null;
    if (inner != null) {
      closeInner();
    }
  }

  /// Fails the subtask if its thread ends with an exception: of Tandem's own frames, or of code
  /// that a thread factory has put around [#run()].
  @Override
  public void uncaughtException(Thread t, Throwable e) {
    // Some libraries call their thread's handler in the middle of a body: that ends no subtask.
    if (Thread.currentThread() == t && runsOn(t) && body != RUNNING && !isFinal()) {
      boolean reached = body == null;
      body = null;
      fail(e);
      if (!reached) {
        scope.bodyEnded();
      }
      return;
    }
    ThreadGroup group = t.getThreadGroup();
    if (group != null) {
      group.uncaughtException(t, e); // as if there were no handler
    }
  }

  @Override
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  void discard() {
    body = null;
  }

  @Override
  boolean isOver() {
    Thread t = thread;
    if (t == null) {
      return isFinal();
    }
    if (t.isAlive()) {
      return false;
    }
    // In this order: a subtask that is final, and whose thread is still new after that, never
    // starts.
    boolean decided = isFinal();
    Thread.State now = t.getState();
    if (now != Thread.State.TERMINATED && !(now == Thread.State.NEW && decided)) {
      return false;
    }
    thread = null; // a thread may be large, and the handle may live long
    return true;
  }

  @Override
  boolean awaitEnd(EndWait wait) {
    Thread t = thread;
    if (t == null || !t.isAlive()) {
      return isOver();
    }
    wait.forThread(t);
    thread = null;
    return true;
  }

  @Override
  boolean runsOn(Thread t) {
    return thread == t;
  }
}
