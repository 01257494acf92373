package dev.tandem.comparison;

import static com.softwaremill.jox.structured.Scopes.supervised;

import com.softwaremill.jox.structured.Par;
import com.softwaremill.jox.structured.Race;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

final class JoxLibrary implements Library {
  private static final String A_BLOCK = "a block, nothing to close";

  @Override
  public String name() {
    return "Jox";
  }

  @Override
  public void all(List<Callable<Integer>> tasks) throws Exception {
    Par.par(tasks);
  }

  @Override
  public Integer any(List<Callable<Integer>> tasks) throws Exception {
    return Race.race(tasks);
  }

  @Override
  public Integer withTimeout(Duration timeout, Callable<Integer> task) throws Exception {
    return Race.timeout(timeout.toMillis(), task);
  }

  @Override
  public List<Integer> limited(int limit, List<Callable<Integer>> tasks) throws Exception {
    return Par.parLimit(limit, tasks);
  }

  @Override
  public void leave(Callable<Integer> task) throws Exception {
    supervised(scope -> {
      scope.fork(task);
      return null;
    });
  }

  @Override
  public void leaveThrowing(Callable<Integer> task, RuntimeException exception) throws Exception {
    supervised(scope -> {
      scope.fork(task);
      throw exception;
    });
  }

  @Override
  public void forkInFork(Callable<Integer> inner) throws Exception {
    supervised(scope -> {
      scope.forkUser(() -> scope.forkUser(inner).hashCode());
      return null;
    });
  }

  @Override
  public void forkWhileCancelled(Callable<Integer> failing, Callable<Integer> late)
      throws Exception {
    supervised(scope -> {
      scope.forkUser(() -> {
        try {
          new CountDownLatch(1).await();
        } finally {
          scope.forkUser(late);
        }
        return 1;
      });
      scope.forkUser(failing);
      return null;
    });
  }

  @Override
  public void forkWithoutThread() {
    throw new UnsupportedOperationException("has no thread factory");
  }

  @Override
  public void throwingCallback(RuntimeException exception) {
    throw new UnsupportedOperationException("has no callbacks");
  }

  @Override
  public void closeTwice() {
    throw new UnsupportedOperationException(A_BLOCK);
  }

  @Override
  public void closeByStranger() {
    throw new UnsupportedOperationException(A_BLOCK);
  }

  @Override
  public void closeOutOfOrder() {
    throw new UnsupportedOperationException(A_BLOCK);
  }

  /// Its timeout is around a body, which is where the waiting elsewhere is done.
  @Override
  public Integer joinLate(Duration timeout, Callable<Integer> task, Duration elsewhere)
      throws Exception {
    return Race.timeout(
        timeout.toMillis(),
        () ->
            supervised(scope -> {
              var fork = scope.forkUser(task);
              Situations.swallowInterruptsFor(elsewhere);
              return fork.join();
            }));
  }
}
