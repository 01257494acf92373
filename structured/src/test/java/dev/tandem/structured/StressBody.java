package dev.tandem.structured;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Subtask;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// One subtask: its body, the record of what the body saw, and the outcomes that its handle may
/// have.
final class StressBody implements Callable<Object> {
  private enum Action {
    SUCCEED,
    SPIN,
    FAIL,
    FAIL_HARD,
    BLOCK,
    BLOCK_AND_FAIL,
    SWALLOW,
    FORK,
    OPEN,
    LEAVE_OPEN,
    CANCEL
  }

  private static final List<Action> OFTEN =
      List.of(Action.SUCCEED, Action.SPIN, Action.BLOCK, Action.BLOCK, Action.OPEN);
  private static final int MANY = 400;

  final boolean onExecutor;
  private final StressScope node;
  private final Random random;
  private final Action action;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger interrupts = new AtomicInteger();
  private final Queue<Thread> strays = new ConcurrentLinkedQueue<>();
  private volatile Thread thread;
  private volatile boolean ended;
  private volatile Throwable thrown;

  /// The exception with which a scope inside has reported the end of an enclosing scope.
  private volatile Throwable echo;

  /// The handle; null if `fork` threw.
  volatile Subtask<?> handle;

  /// The outcome that another thread has read.
  private volatile Outcome<?> readEarly;

  StressBody(StressScope node, boolean onExecutor, Random random) {
    this.node = node;
    this.onExecutor = onExecutor;
    this.random = random;
    this.action = node.round.busy ? busyAction() : action();
  }

  private Action action() {
    Action[] all = Action.values();
    return random.nextBoolean()
        ? OFTEN.get(random.nextInt(OFTEN.size()))
        : all[random.nextInt(all.length)];
  }

  /// The action in a busy round: each subtask that the owner forks forks many more itself.
  private Action busyAction() {
    return Thread.currentThread() == node.owner ? Action.FORK : Action.SUCCEED;
  }

  @Override
  public Object call() throws Exception {
    thread = Thread.currentThread();
    node.bodyBegins(this);
    check("runs once", runs.incrementAndGet() == 1);
    try {
      act();
      return this;
    } catch (Throwable e) {
      thrown = e;
      throw e;
    } finally {
      if (Thread.interrupted()) {
        interrupts.incrementAndGet();
      }
      ended = true;
      node.bodyEnds(this);
    }
  }

  private void act() throws Exception {
    switch (action) {
      case SUCCEED -> {}
      case SPIN -> spin(random.nextInt(3_000));
      case FAIL -> throw new StressFailure(this);
      case FAIL_HARD -> throw new AssertionError(this.toString());
      case BLOCK -> block();
      case BLOCK_AND_FAIL -> {
        try {
          block();
        } finally {
          fail();
        }
      }
      case SWALLOW -> swallow();
      case FORK -> fork();
      case OPEN -> open();
      case LEAVE_OPEN -> leaveOpen();
      case CANCEL -> {
        if (random.nextInt(3) == 0) {
          node.scope.cancel();
        }
      }
    }
  }

  private void fail() {
    throw new StressFailure(this);
  }

  static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  /// Blocks until this subtask is interrupted or the round ends. In a cancelled scope the interrupt
  /// is certain to come, so the block has no other end.
  private void block() throws InterruptedException {
    try {
      node.round.release.await();
      if (node.scope.isCancelled()) {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException e) {
      interrupts.incrementAndGet();
      throw e;
    }
  }

  private void swallow() {
    try {
      block();
    } catch (InterruptedException _) { // now watch for a second interrupt
      try {
        var _ = new CountDownLatch(1).await(random.nextInt(300), TimeUnit.MICROSECONDS);
      } catch (InterruptedException _) {
        interrupts.incrementAndGet();
      }
    }
    if (random.nextBoolean()) {
      fail();
    }
  }

  private void fork() throws InterruptedException {
    for (int i = random.nextInt(node.round.busy ? MANY : 3); i >= 0 && !onExecutor; i--) {
      node.fork(random);
    }
    if (random.nextBoolean()) {
      block();
    }
  }

  private void open() throws Exception {
    if (node.depth < StressRound.DEPTH) {
      StressScope inside = new StressScope(node.round, node.depth + 1, random);
      try {
        inside.play(interrupts::incrementAndGet);
      } catch (Exception e) {
        if (inside.wasCutOffFromOutside()) {
          echo = e;
        }
        if (random.nextBoolean()) {
          throw e;
        }
      }
    }
  }

  /// Opens up to three nested scopes and leaves them open; the end of the body must close them.
  private void leaveOpen() {
    for (int i = random.nextInt(3); i >= 0 && !onExecutor; i--) {
      TaskScope.open()
          .fork(() -> {
            strays.add(Thread.currentThread());
            new CountDownLatch(1).await();
          });
    }
  }

  // ---- the ledger

  void readEarly() {
    Subtask<?> h = handle;
    if (h != null && readEarly == null) {
      try {
        readEarly = h.outcome();
      } catch (IllegalStateException _) {
        // not completed yet
      }
    }
  }

  /// The outcome of the handle, after the scope was closed.
  Outcome<?> outcome() {
    try {
      return handle.outcome();
    } catch (IllegalStateException e) {
      throw new AssertionError(this + " has no outcome", e);
    }
  }

  /// The failure that `join` must report for this subtask; null if there is none.
  Throwable failure() {
    if (handle == null) {
      return null;
    }
    if (outcome() instanceof Outcome.Failure<?>(var e)) {
      return e;
    }
    boolean told = outcome() instanceof Outcome.Cancelled<?>;
    return told && !onExecutor && !obeyed() ? thrown : null;
  }

  /// Whether the body's exception only answers the cancellation. With suppressed failures it
  /// reports more.
  private boolean obeyed() {
    return (thrown instanceof InterruptedException
            || thrown instanceof ClosedByInterruptException
            || thrown instanceof CancellationException
            || (thrown != null && thrown == echo))
        && thrown.getSuppressed().length == 0;
  }

  boolean threw(Throwable e) {
    return thrown == e;
  }

  boolean succeeded() {
    return handle != null && outcome() instanceof Outcome.Success<?>;
  }

  /// Checks this subtask's record after the scope was closed.
  void check() {
    check("it runs at most once", runs.get() <= 1);
    check("it has ended", runs.get() == 0 || ended);
    check("its thread has ended", onExecutor || thread == null || !thread.isAlive());
    check("nothing inside is left", strays.stream().noneMatch(Thread::isAlive));
    check("one interrupt at most", interrupts.get() <= 1);
    if (handle == null) {
      check("its fork threw, so it never ran", runs.get() == 0);
      return;
    }
    switch (outcome()) {
      case Outcome.Success<?>(var value) -> check("its own result", value == this && ended);
      case Outcome.Failure<?>(var e) when runs.get() == 1 -> check("its own failure", e == thrown);
      case Outcome.Failure<?>(var e) ->
          check("it could not start", e instanceof RejectedExecutionException);
      case Outcome.Cancelled<?>() -> check("its scope is cancelled", node.scope.isCancelled());
    }
    boolean cancelled = outcome() instanceof Outcome.Cancelled<?>;
    check("only who is cancelled is interrupted", interrupts.get() == 0 || cancelled);
    check("a final outcome", readEarly == null || readEarly.equals(outcome()));
    readEarly = outcome();
  }

  void check(String what, boolean holds) {
    node.round.check(what, holds, this);
  }

  @Override
  public String toString() {
    return "%s%s, run %d times, %d interrupts, ended=%s, thrown=%s, handle=%s, in %s"
        .formatted(
            action,
            onExecutor ? " on the executor" : "",
            runs.get(),
            interrupts.get(),
            ended,
            thrown == null ? null : thrown.getClass(),
            handle,
            node);
  }

  /// The exception of a body or a callback. Each throw makes a new one.
  static final class StressFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StressFailure(Object who) {
      super("for the test: " + who.getClass().getSimpleName(), null, true, false);
    }
  }
}
