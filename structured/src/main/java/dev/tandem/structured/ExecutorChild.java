package dev.tandem.structured;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.Outcome;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.LiveTask;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A subtask that runs on an executor. Its future reports the completion; the body of a cancelled
/// subtask may end later, which [TaskListener#ended(TaskInfo)] reports.
final class ExecutorChild<T extends @Nullable Object> extends Child<T> implements TaskListener {
  private final TaskExecutor executor;

  /// Open until the body has ended and its outcome has been taken.
  private final CountDownLatch ended = new CountDownLatch(2);

  private @Nullable Task<? extends T> task;

  /// Written after the submission. Volatile for the race of cancelling with submitting: see
  /// `launch`.
  private volatile @Nullable ListenableFuture<? extends T> future;

  ExecutorChild(
      ScopeForks<? super T, ?, ?> scope,
      int number,
      TaskExecutor executor,
      @Nullable String name,
      Task<? extends T> task) {
    super(scope, number, name);
    this.executor = executor;
    this.task = task;
  }

  @Override
  void prepare() {}

  @Override
  void launch() {
    Task<? extends T> submitted = task;
    task = null;
    if (submitted == null) {
      return;
    }
    ListenableFuture<? extends T> f = executor.submit(submitted, this);
    future = f;
    // The canceller writes the state, then reads the future; this thread writes the future, then
    // reads the state: at least one sees the other. If both cancel, the second call does nothing.
    if (stage() == INTERRUPTED) {
      f.cancel(true);
    }
    f.addListener(() -> completed(f), MoreExecutors.directExecutor());
  }

  private void completed(ListenableFuture<? extends T> done) {
    future = null;
    try {
      take(done);
    } finally {
      ended.countDown();
    }
  }

  private void take(ListenableFuture<? extends T> done) {
    switch (Outcome.of(done)) {
      case Outcome.Success(var value) -> succeed(value);
      case Outcome.Failure(var e) -> fail(e);
      // If the scope did not cancel it, the executor did (a shutdown, say): an ordinary failure.
      case Outcome.Cancelled() ->
          fail(new CancellationException(label() + " was cancelled by its executor"));
    }
  }

  @Override
  public void ended(TaskInfo info) {
    ended.countDown();
  }

  @Override
  void tellWhere(DumpEntry entry) {
    if (future instanceof LiveTask running) {
      long pid = running.workerPid();
      entry
          .say("executor", ", on ", running.executor(), "")
          .note("task", running.id())
          .say("pid", " (pid ", pid == 0 ? null : (Long) pid, ")");
    }
  }

  @Override
  void interrupt() {
    ListenableFuture<? extends T> f = future;
    if (f != null) {
      f.cancel(true);
    }
  }

  @Override
  void discard() {
    task = null;
    ended.countDown();
    ended.countDown();
  }

  @Override
  boolean isOver() {
    return ended.getCount() == 0;
  }

  @Override
  boolean awaitEnd(EndWait wait) {
    wait.forLatch(ended);
    return true;
  }

  @Override
  boolean runsOn(Thread thread) {
    return false;
  }
}
