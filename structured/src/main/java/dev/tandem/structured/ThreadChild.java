package dev.tandem.structured;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// A subtask with a thread of its own.
final class ThreadChild<T extends @Nullable Object> extends Child<T>
    implements Runnable, Thread.UncaughtExceptionHandler {
  /// Stands for a body that runs.
  private static final Callable<?> RUNNING = () -> "";

  /// The body until it runs, RUNNING meanwhile, then null: nothing keeps a body that runs or has
  /// run. Written by the forking thread, then by the thread of the body, or by the canceller if it
  /// never runs.
  private @Nullable Callable<? extends T> body;

  /// The thread until it is seen to have ended. Written before the start.
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
    // The JDK gives a thread that inherits nothing the loader of the system. Where an application's
    // classes are not in that one, the body would find none of its services.
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
    // In this order: what is not final after its thread has ended never will be.
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
      closeInner(); // what a callback has left open
      scope.bodyEnded();
    }
  }

  private void runBody(Callable<? extends T> callable) {
    if (stage() != STARTED) {
      body = null;
      end(null); // told to stop before it began
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

  /// Closes what the body has left open, so that its end is the end of all that it began.
  private void leave() {
    body = null;
    if (inner != null) {
      closeInner();
    }
  }

  /// The thread ends with an exception: of our own frames, or of what a thread factory has put
  /// around [#run()].
  @Override
  public void uncaughtException(Thread t, Throwable e) {
    // Some libraries call the handler of their thread in the middle of a body: not for us.
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
    // Read in this order: a subtask that is final and whose thread is new after that never starts.
    boolean decided = isFinal();
    Thread.State now = t.getState();
    if (now != Thread.State.TERMINATED && !(now == Thread.State.NEW && decided)) {
      return false;
    }
    thread = null; // it may be large, and the handle may live long
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
