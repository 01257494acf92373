package dev.tandem.examples.preview;

import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.TaskScope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The JDK's side of to-jdk-scopes.md, in the form that it has in JDK 25. Not compiled with the
 * other tests, because it needs {@code --enable-preview}: ToJdkScopesSnippetsTest runs it in a JVM
 * of its own.
 */
public final class JdkScopes {
  private static final ScopedValue<String> TENANT = ScopedValue.newInstance();

  private JdkScopes() {}

  public static void main(String[] args) throws Exception {
    print("two pages", twoPages());
    print("limit", limited(List.of(() -> "a", () -> "b", () -> "c"), 1));
    print("on a pool", onAPool());
    print("left a pool", leavingStopsThePool());
    print("deadline", page(Instant.now().plusSeconds(20)));
    print("late join", outcome(JdkScopes::lateJoin));
    print("child forks", outcome(JdkScopes::childForks));
    print("second failure", secondFailure());
    print("no join", outcome(JdkScopes::noJoin));
    print("no join, block throws", blockThrows());
    print("scoped value", ScopedValue.where(TENANT, "acme").call(JdkScopes::scopedValue));
    print("bound inside", outcome(JdkScopes::boundInside));
    print("Tandem's inside", tandemInside());
    print("in Tandem's", inTandems());
    print("deadline around Tandem's", deadlineAroundTandems());
    print("Tandem's cancelled around", tandemsCancelledAround());
    print("deadline around the owner's", deadlineAroundTheOwners());
    print("Tandem's context", tandemsContext());
  }

  private static void print(String what, Object outcome) {
    System.out.println(what + ": " + outcome);
  }

  /** Stands for the reader's own code, as in the other snippets. */
  static String fetch(String path) throws IOException {
    if (path.contains("broken")) {
      throw new IOException("404 " + path);
    }
    return "<html>" + path + "</html>";
  }

  private static String hang() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new AssertionError("unreachable");
  }

  private static String outcome(Callable<?> body) {
    try {
      return String.valueOf(body.call());
    } catch (Exception e) {
      Throwable cause = e.getCause();
      return e.getClass().getSimpleName()
          + (cause == null ? "" : "(" + cause.getClass().getSimpleName() + ")");
    }
  }

  // @start region="two-pages"
  static String twoPages() throws Exception {
    try (var scope = StructuredTaskScope.open()) {
      Subtask<String> user = scope.fork(() -> fetch("/user"));
      Subtask<String> prices = scope.fork(() -> fetch("/prices"));
      scope.join();
      return user.get() + prices.get();
    }
  } // @end

  // @start region="limit"
  static <T> List<T> limited(List<Callable<T>> tasks, int most) throws InterruptedException {
    var permits = new Semaphore(most);
    try (var scope = StructuredTaskScope.open(Joiner.<T>allSuccessfulOrThrow())) {
      for (Callable<T> task : tasks) {
        scope.fork(() -> {
          permits.acquire(); // each that waits here has a thread already
          try {
            return task.call();
          } finally {
            permits.release();
          }
        });
      }
      return scope.join().map(Subtask::get).toList(); // since 26: return scope.join();
    }
  } // @end

  // @start region="fork-on"
  static <T> Callable<T> on(TaskExecutor executor, SerializableCallable<T> body) {
    return () -> {
      var future = executor.submit(body);
      try {
        return future.get();
      } finally {
        future.cancel(true); // what a scope that ends does to its subtasks; else nothing
      }
    };
  } // @end

  private static String onAPool() throws Exception {
    // @start region="fork-on-use"
    try (var pool = Tandem.newThreadPool(1);
        var scope = StructuredTaskScope.open()) {
      var sum = scope.fork(on(pool, () -> 1 + 2)); // was: scope.forkOn(pool, () -> 1 + 2)
      scope.join();
      return "sum " + sum.get();
    }
    // @end
  }

  /** The pool could not be closed if its body went on. */
  private static String leavingStopsThePool() throws Exception {
    try (var pool = Tandem.newThreadPool(1)) {
      try (var scope = StructuredTaskScope.open()) {
        scope.fork(on(pool, () -> hang()));
        scope.fork(() -> fetch("/broken"));
        return outcome(scope::join);
      }
    }
  }

  // @start region="deadline"
  static String page(Instant deadline) throws Exception {
    var left = Duration.between(Instant.now(), deadline);
    try (var scope =
        StructuredTaskScope.open(
            Joiner.<String>awaitAllSuccessfulOrThrow(), cf -> cf.withTimeout(left))) {
      var page = scope.fork(() -> fetch("/a"));
      scope.join();
      return page.get();
    }
  } // @end

  private static Object lateJoin() throws Exception {
    try (var scope =
        StructuredTaskScope.open(
            Joiner.<String>awaitAllSuccessfulOrThrow(),
            cf -> cf.withTimeout(Duration.ofMillis(500)))) {
      var ended = new CountDownLatch(1);
      scope.fork(() -> {
        ended.countDown();
        return "complete";
      });
      ended.await();
      while (!scope.isCancelled()) { // the deadline passes
        LockSupport.parkNanos(1_000_000);
      }
      return scope.join();
    }
  }

  private static Object childForks() throws Exception {
    try (var scope = StructuredTaskScope.open()) {
      scope.fork(() -> scope.fork(() -> fetch("/a")).state());
      return scope.join();
    }
  }

  private static String secondFailure() throws Exception {
    try (var scope = StructuredTaskScope.open()) {
      var started = new CountDownLatch(1);
      scope.fork(() -> {
        started.countDown();
        try {
          return hang();
        } catch (InterruptedException e) {
          throw new IllegalStateException("while it was stopped");
        }
      });
      started.await();
      scope.fork(() -> fetch("/broken"));
      try {
        scope.join();
        return "none";
      } catch (StructuredTaskScope.FailedException e) {
        return e.getCause().getMessage() + ", suppressed " + e.getSuppressed().length;
      }
    }
  }

  private static Object noJoin() {
    try (var scope = StructuredTaskScope.open()) {
      scope.fork(() -> fetch("/a"));
    }
    return "left";
  }

  private static Object blockThrows() {
    try (var scope = StructuredTaskScope.open()) {
      scope.fork(() -> fetch("/a"));
      throw new IllegalArgumentException("the block's own");
    } catch (IllegalArgumentException e) {
      return "suppressed " + e.getSuppressed()[0].getClass().getSimpleName();
    }
  }

  private static String scopedValue() throws Exception {
    try (var scope = StructuredTaskScope.open()) {
      var tenant = scope.fork(() -> TENANT.get());
      scope.join();
      return tenant.get();
    }
  }

  private static Object boundInside() throws Exception {
    try (var scope = StructuredTaskScope.open()) {
      return ScopedValue.where(TENANT, "acme").call(() -> scope.fork(() -> TENANT.get()).get());
    }
  }

  private static String tandemInside() throws Exception {
    try (var outer = StructuredTaskScope.open()) {
      var both =
          outer.fork(() -> {
            try (var inner = TaskScope.open()) {
              var a = inner.fork(() -> fetch("/a"));
              var b = inner.fork(() -> fetch("/b"));
              inner.join();
              return a.get() + b.get();
            }
          });
      outer.join();
      return both.get();
    }
  }

  private static String inTandems() throws Exception {
    // @start region="nested"
    try (var outer = TaskScope.open()) { // this file has not been moved
      var both = outer.fork(() -> twoPages()); // that one has
      outer.join();
      return both.get();
    }
    // @end
  }

  /** A deadline that does not reach in as one, but as an interrupt. */
  private static String deadlineAroundTandems() {
    var seen = new AtomicReference<String>("nothing");
    String thrown =
        outcome(() -> {
          try (var outer =
              StructuredTaskScope.open(
                  Joiner.<String>awaitAllSuccessfulOrThrow(),
                  cf -> cf.withTimeout(Duration.ofMillis(300)))) {
            outer.fork(() -> {
              try (var inner = TaskScope.open()) {
                inner.fork(() -> hang());
                seen.set(outcome(inner::join));
                return "over";
              }
            });
            return outer.join();
          }
        });
    return thrown + ", inside " + seen.get();
  }

  private static String tandemsCancelledAround() throws Exception {
    var seen = new AtomicReference<String>("nothing");
    try (var outer = TaskScope.open()) {
      var started = new CountDownLatch(1);
      outer.fork(() -> {
        try (var inner = StructuredTaskScope.open()) {
          inner.fork(() -> hang());
          started.countDown();
          seen.set(outcome(inner::join));
        }
      });
      started.await();
      outer.cancel();
    } // waits for the one inside, which waits for its own
    return "inside " + seen.get();
  }

  /** A scope of the same thread: nobody is interrupted. */
  private static String deadlineAroundTheOwners() throws Exception {
    try (var outer =
            StructuredTaskScope.open(
                Joiner.<String>awaitAllSuccessfulOrThrow(),
                cf -> cf.withTimeout(Duration.ofMillis(100)));
        var inner = StructuredTaskScope.open()) {
      var page =
          inner.fork(() -> {
            while (!outer.isCancelled()) {
              LockSupport.parkNanos(1_000_000);
            }
            return "goes on";
          });
      inner.join();
      return page.get();
    }
  }

  private static String tandemsContext() throws Exception {
    List<String> seen = new ArrayList<>();
    try (var outer =
        TaskScope.open(cf -> cf.withContext(ContextPropagator.scopedValue(() -> TENANT)))) {
      ScopedValue.where(TENANT, "acme")
          .run(() -> {
            outer.fork(() -> seen.add(scopedValue()));
          });
      outer.join();
    }
    return seen.getFirst();
  }
}
