package dev.tandem.comparison;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.stream.Gatherers;

final class JdkLibrary implements Library {
  @Override
  public String name() {
    return "JDK " + Runtime.version().feature() + " (preview)";
  }

  @Override
  public void all(List<Callable<Integer>> tasks) throws Exception {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      tasks.forEach(scope::fork);
      scope.join();
    }
  }

  @Override
  public Integer any(List<Callable<Integer>> tasks) throws Exception {
    try (var scope = StructuredTaskScope.open(Joiner.<Integer>anySuccessfulResultOrThrow())) {
      tasks.forEach(scope::fork);
      return scope.join();
    }
  }

  @Override
  public Integer withTimeout(Duration timeout, Callable<Integer> task) throws Exception {
    return joinLate(timeout, task, Duration.ZERO);
  }

  /// A scope has no limit; the JDK's way to have one is the gatherer.
  @Override
  public List<Integer> limited(int limit, List<Callable<Integer>> tasks) {
    return tasks.stream().gather(Gatherers.mapConcurrent(limit, JdkLibrary::call)).toList();
  }

  private static Integer call(Callable<Integer> task) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void leave(Callable<Integer> task) {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      scope.fork(task);
    }
  }

  @Override
  public void leaveThrowing(Callable<Integer> task, RuntimeException exception) {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      scope.fork(task);
      throw exception;
    }
  }

  @Override
  public void forkInFork(Callable<Integer> inner) throws Exception {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      scope.fork(() -> scope.fork(inner).hashCode());
      scope.join();
    }
  }

  @Override
  public void forkWhileCancelled(Callable<Integer> failing, Callable<Integer> late)
      throws Exception {
    try (var scope = StructuredTaskScope.<Integer>open()) {
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
    try (var scope =
        StructuredTaskScope.open(
            Joiner.<Integer>awaitAllSuccessfulOrThrow(),
            cf -> cf.withThreadFactory(body -> null))) {
      scope.fork(() -> 1);
      scope.join();
    }
  }

  @Override
  public void throwingCallback(RuntimeException exception) throws Exception {
    var joiner =
        new Joiner<Integer, String>() {
          @Override
          public boolean onComplete(Subtask<? extends Integer> subtask) {
            throw exception;
          }

          @Override
          public String result() {
            return "result";
          }
        };
    try (var scope = StructuredTaskScope.open(joiner)) {
      scope.fork(() -> 1);
      scope.join();
    }
  }

  @Override
  public void closeTwice() {
    var scope = StructuredTaskScope.<Integer>open();
    scope.close();
    scope.close();
  }

  @Override
  public void closeByStranger() throws Exception {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      Situations.onAnotherThread(scope::close);
    }
  }

  @Override
  public void closeOutOfOrder() {
    var outer = StructuredTaskScope.<Integer>open();
    try (var inner = StructuredTaskScope.<Integer>open()) {
      outer.close();
    }
  }

  @Override
  public Integer joinLate(Duration timeout, Callable<Integer> task, Duration elsewhere)
      throws Exception {
    try (var scope =
        StructuredTaskScope.open(
            Joiner.<Integer>awaitAllSuccessfulOrThrow(), cf -> cf.withTimeout(timeout))) {
      var subtask = scope.fork(task);
      Thread.sleep(elsewhere);
      scope.join();
      return subtask.get();
    }
  }
}
