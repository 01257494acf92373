package dev.tandem.structured;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.Task;
import dev.tandem.core.TaskListener;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.LincheckRun;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// A real scope for the models, opened by the current thread, whose subtasks have no threads:
/// Lincheck knows no virtual threads, and takes each thread that is started into its program.
/// Operations take the part of the bodies.
final class LincheckScope implements Joiner<Integer, Integer, RuntimeException> {
  final Scope<Integer, Integer, RuntimeException> scope;
  final AtomicInteger completed = new AtomicInteger();
  final Queue<Subtask<Integer>> forked = new ConcurrentLinkedQueue<>();

  LincheckScope() {
    scope = Scope.open(this, ScopeOptions.of(UnaryOperator.identity()));
  }

  /// {@return a run of a model of scopes, whose results are free}
  static LincheckRun run(Class<?> model, int threads, int operations) {
    return LincheckRun.ofInvariants(model, threads, operations)
        .withInvocations(100)
        .withAtomic(LiveScopes.class, ScopeOptions.class, ScopePlace.class);
  }

  /// Removes the scope from the static map of all roots, because no operation closes it.
  static void forget() {
    LiveScopes.removeRoot(Thread.currentThread());
  }

  /// Makes a subtask as a fork does, up to its start; the start starts no thread.
  ThreadChild<Integer> child() {
    var child = new ThreadChild<Integer>(scope, scope.state.fork(), null, () -> 1);
    scope.children.add(child);
    return child;
  }

  /// Forks a subtask that ends when it is cancelled.
  void fork() {
    scope.forkOn(new Endless(), () -> 1);
  }

  @Override
  public boolean onFork(Subtask<Integer> s) {
    forked.add(s);
    return false;
  }

  @Override
  public boolean onComplete(Subtask<Integer> s) {
    completed.incrementAndGet();
    return false;
  }

  @Override
  public Integer result() {
    return completed.get();
  }

  @Override
  public Integer timeout() {
    return completed.get();
  }

  /// An executor whose tasks end when they are cancelled.
  private static final class Endless extends StressExecutor {
    @Override
    public <T> ListenableFuture<T> submit(Task<T> task, TaskListener listener) {
      return new EndlessFuture<>(listener);
    }
  }

  /// A small future: Guava's own futures have too many steps for the model checker.
  private static final class EndlessFuture<T> implements ListenableFuture<T> {
    private final TaskListener teller;
    private Runnable listener;
    private boolean cancelled;

    EndlessFuture(TaskListener teller) {
      this.teller = teller;
    }

    @Override
    public void addListener(Runnable l, Executor executor) {
      synchronized (this) {
        listener = l;
        if (!cancelled) {
          return;
        }
      }
      l.run();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      Runnable l;
      synchronized (this) {
        if (cancelled) {
          return false;
        }
        cancelled = true;
        l = listener;
      }
      teller.ended(null);
      if (l != null) {
        l.run();
      }
      return true;
    }

    @Override
    public synchronized boolean isCancelled() {
      return cancelled;
    }

    @Override
    public synchronized boolean isDone() {
      return cancelled;
    }

    @Override
    public T get() {
      throw new CancellationException();
    }

    @Override
    public T get(long timeout, TimeUnit unit) {
      throw new CancellationException();
    }
  }
}
