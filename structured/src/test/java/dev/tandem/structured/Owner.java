package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The kind of thread that runs a test, and so owns its scopes.
enum Owner {
  PLATFORM {
    @Override
    void start(Runnable body) throws InterruptedException {
      join(Thread.ofPlatform().daemon().name("owner").start(body));
    }
  },
  VIRTUAL {
    @Override
    void start(Runnable body) throws InterruptedException {
      join(Thread.ofVirtual().start(body));
    }
  },
  /// The thread of a subtask of an enclosing scope.
  CHILD {
    @Override
    void start(Runnable body) throws InterruptedException {
      try (var around = TaskScope.open()) {
        around.fork(body);
        around.join();
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }
  };

  /// A test.
  interface Body {
    void run() throws Throwable;
  }

  /// Runs the body on a thread of this kind, and waits for its end.
  final void run(Body body) throws Throwable {
    FutureTask<Void> result =
        new FutureTask<>(() -> {
          try {
            body.run();
          } catch (Exception | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
          assertThat(Thread.interrupted()).as("the test left its thread interrupted").isFalse();
          return null;
        });
    start(result);
    try {
      result.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  abstract void start(Runnable body) throws InterruptedException;

  private static void join(Thread thread) throws InterruptedException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt(); // the test took too long
      throw e;
    }
  }
}
