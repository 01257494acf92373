package dev.tandem.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// The situations. Each runs on a new platform thread, the owner, and returns what was seen.
final class Situations {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int ROUNDS = 10_000;

  private final Library library;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  Situations(Library library) {
    this.library = library;
  }

  String bothBranchesThrowErrors() {
    return Outcomes.of(() ->
        library.any(List.of(failing(new AssertionError("a")), failing(new AssertionError("b")))));
  }

  String stackOverflowUnderTimeout() {
    return Outcomes.of(() -> library.withTimeout(Duration.ofMillis(300), () -> overflow(0)));
  }

  String stubbornLoser() {
    var interrupts = new AtomicInteger();
    Thread owner = Thread.currentThread();
    Thread.startVirtualThread(() -> {
      swallowInterruptsFor(Duration.ofMillis(150));
      owner.interrupt();
    });
    String outcome =
        Outcomes.of(() ->
            library.any(
                List.of(
                    watched(() -> {
                      Thread.sleep(30);
                      return 1;
                    }),
                    watched(() -> {
                      interrupts.addAndGet(swallowInterruptsFor(Duration.ofMillis(400)));
                      return 2;
                    }))));
    return "%s; interrupt flag %s; the loser saw %d interrupts; %d threads alive"
        .formatted(outcome, Thread.interrupted() ? "set" : "NOT set", interrupts.get(), alive());
  }

  String failuresAfterTheFirst() {
    String outcome =
        Outcomes.of(() -> {
          library.all(
              List.of(
                  watched(() -> {
                    Thread.sleep(20);
                    throw new IllegalStateException("E1");
                  }),
                  watched(() -> {
                    try {
                      Thread.sleep(LONG);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException("E2");
                    }
                    return 2;
                  }),
                  watched(() -> {
                    Thread.sleep(LONG);
                    return 3;
                  })));
          return null;
        });
    return outcome + "; " + alive() + " threads alive";
  }

  String limit() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int n = i;
      tasks.add(() -> {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        Thread.yield();
        running.decrementAndGet();
        return n;
      });
    }
    var inOrder = new boolean[1];
    String outcome =
        Outcomes.of(() -> {
          List<Integer> results = library.limited(8, tasks);
          inOrder[0] = results.equals(results.stream().sorted().toList());
          return results.size() + " results";
        });
    return "%s, %s order; at most %d ran"
        .formatted(outcome, inOrder[0] ? "in" : "NOT in", most.get());
  }

  String limitAndEarlyFailure() {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int n = i;
      tasks.add(() -> {
        if (n == 16) {
          Thread.sleep(LONG);
        } else if (n == 17) {
          throw new IllegalStateException("E17");
        }
        return n;
      });
    }
    return Outcomes.of(() -> library.limited(8, tasks).size());
  }

  /// A child fails while another thread interrupts the owner, again and again.
  String failureAndInterrupt() throws Exception {
    int failed = 0;
    int interrupted = 0;
    int interruptLost = 0;
    int failureLost = 0;
    int neither = 0;
    Thread owner = Thread.currentThread();
    for (int i = 0; i < ROUNDS; i++) {
      var go = new CountDownLatch(1);
      Thread interrupter =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                owner.interrupt();
              });
      Throwable thrown = null;
      try {
        library.all(
            List.of(() -> {
              go.countDown();
              spinABit();
              throw new IllegalStateException("E");
            }));
      } catch (Exception e) {
        thrown = e;
      }
      while (interrupter.isAlive()) {
        Thread.onSpinWait();
      }
      boolean flag = Thread.interrupted();
      if (thrown == null) {
        neither++;
      } else if (thrown instanceof InterruptedException) {
        interrupted++;
        failureLost += thrown.getSuppressed().length == 0 ? 1 : 0;
      } else {
        failed++;
        interruptLost += flag ? 0 : 1;
      }
    }
    return ("%,d rounds: %,d InterruptedException (%,d of them without the failure), %,d the failure"
            + " (%,d of them without the flag), %,d neither")
        .formatted(ROUNDS, interrupted, failureLost, failed, interruptLost, neither);
  }

  String leftWithoutJoin() {
    String outcome =
        Outcomes.of(() -> {
          library.leave(watched(Situations::sleepLong));
          return null;
        });
    return outcome + "; " + alive() + " threads alive";
  }

  String leftByException() {
    return Outcomes.of(() -> {
      library.leaveThrowing(watched(Situations::sleepLong), new IllegalStateException("body"));
      return null;
    });
  }

  String forkInFork() {
    var ran = new CountDownLatch(1);
    String outcome =
        Outcomes.of(() -> {
          library.forkInFork(() -> {
            ran.countDown();
            return 1;
          });
          return null;
        });
    return outcome + (ran.getCount() == 0 ? "; it ran" : "; it did NOT run");
  }

  String forkWhileCancelled() {
    var ran = new CountDownLatch(1);
    String outcome =
        Outcomes.of(() -> {
          library.forkWhileCancelled(
              () -> {
                Thread.sleep(20);
                throw new IllegalStateException("E1");
              },
              () -> {
                ran.countDown();
                return 1;
              });
          return null;
        });
    return outcome + (ran.getCount() == 0 ? "; the late fork ran" : "; the late fork did NOT run");
  }

  String threadThatCannotStart() {
    return Outcomes.of(() -> {
      library.forkWithoutThread();
      return null;
    });
  }

  String callbackThrows() {
    return Outcomes.of(() -> {
      library.throwingCallback(new IllegalStateException("callback"));
      return null;
    });
  }

  String closedTwice() {
    return Outcomes.of(() -> {
      library.closeTwice();
      return null;
    });
  }

  String closedByStranger() {
    return Outcomes.of(() -> {
      library.closeByStranger();
      return null;
    });
  }

  String closedOutOfOrder() {
    return Outcomes.of(() -> {
      library.closeOutOfOrder();
      return null;
    });
  }

  String completeButJoinedLate() {
    return Outcomes.of(
        () -> library.joinLate(Duration.ofMillis(100), () -> 1, Duration.ofMillis(200)));
  }

  /// Runs something on another thread, and throws here what it throws there.
  static void onAnotherThread(Runnable action) throws Exception {
    var task = new FutureTask<>(action, null);
    Thread.startVirtualThread(task);
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw e;
    }
  }

  /// Up to 50 µs, so that now one, now the other comes first.
  static void spinABit() {
    long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(50_000);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /// {@return how many interrupts came meanwhile}
  static int swallowInterruptsFor(Duration duration) {
    int interrupts = 0;
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      try {
        Thread.sleep(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        interrupts++;
      }
    }
    return interrupts;
  }

  private Callable<Integer> watched(Callable<Integer> body) {
    return () -> {
      threads.add(Thread.currentThread());
      return body.call();
    };
  }

  private long alive() {
    return threads.stream().filter(Thread::isAlive).count();
  }

  private static Integer sleepLong() throws InterruptedException {
    Thread.sleep(LONG);
    return 0;
  }

  private static Callable<Integer> failing(Error error) {
    return () -> {
      throw error;
    };
  }

  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }
}
