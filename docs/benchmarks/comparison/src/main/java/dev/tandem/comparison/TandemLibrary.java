package dev.tandem.comparison;

import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

final class TandemLibrary implements Library {
  @Override
  public String name() {
    return "Tandem";
  }

  @Override
  public void all(List<Callable<Integer>> tasks) throws Exception {
    Parallel.all(tasks);
  }

  @Override
  public Integer any(List<Callable<Integer>> tasks) throws Exception {
    return Parallel.any(tasks);
  }

  @Override
  public Integer withTimeout(Duration timeout, Callable<Integer> task) throws Exception {
    return Parallel.callWithTimeout(task, timeout);
  }

  @Override
  public List<Integer> limited(int limit, List<Callable<Integer>> tasks) throws Exception {
    try (var scope =
        TaskScope.open(Joiner.<Integer>allSuccessfulOrThrow(), cf -> cf.withConcurrency(limit))) {
      tasks.forEach(scope::fork);
      return scope.join();
    }
  }

  @Override
  public void leave(Callable<Integer> task) {
    try (var scope = TaskScope.<Integer>open()) {
      scope.fork(task);
    }
  }

  @Override
  public void leaveThrowing(Callable<Integer> task, RuntimeException exception) {
    try (var scope = TaskScope.<Integer>open()) {
      scope.fork(task);
      throw exception;
    }
  }

  @Override
  public void forkInFork(Callable<Integer> inner) throws Exception {
    try (var scope = TaskScope.<Integer>open()) {
      scope.fork(() -> scope.fork(inner).hashCode());
      scope.join();
    }
  }

  @Override
  public void forkWhileCancelled(Callable<Integer> failing, Callable<Integer> late)
      throws Exception {
    try (var scope = TaskScope.<Integer>open()) {
      scope.fork(() -> {
        try {
          new CountDownLatch(1).await();
        } finally {
          scope.fork(late);
        }
        return 1;
      });
      scope.fork(failing);
      scope.join();
    }
  }

  @Override
  public void forkWithoutThread() throws Exception {
    try (var scope = TaskScope.<Integer>open(cf -> cf.withThreadFactory(body -> null))) {
      scope.fork(() -> 1);
      scope.join();
    }
  }

  @Override
  public void throwingCallback(RuntimeException exception) throws Exception {
    var joiner =
        new Joiner<Integer, String, RuntimeException>() {
          @Override
          public boolean onComplete(Subtask<Integer> subtask) {
            throw exception;
          }

          @Override
          public String result() {
            return "result";
          }

          @Override
          public String timeout() {
            return "timeout";
          }
        };
    try (var scope = TaskScope.open(joiner)) {
      scope.fork(() -> 1);
      scope.join();
    }
  }

  @Override
  public void closeTwice() {
    var scope = TaskScope.<Integer>open();
    scope.close();
    scope.close();
  }

  @Override
  public void closeByStranger() throws Exception {
    try (var scope = TaskScope.<Integer>open()) {
      Situations.onAnotherThread(scope::close);
    }
  }

  @Override
  public void closeOutOfOrder() {
    var outer = TaskScope.<Integer>open();
    try (var inner = TaskScope.<Integer>open()) {
      outer.close();
    }
  }

  @Override
  public Integer joinLate(Duration timeout, Callable<Integer> task, Duration elsewhere)
      throws Exception {
    try (var scope = TaskScope.<Integer>open(cf -> cf.withTimeout(timeout))) {
      var subtask = scope.fork(task);
      Thread.sleep(elsewhere);
      scope.join();
      return subtask.get();
    }
  }
}
