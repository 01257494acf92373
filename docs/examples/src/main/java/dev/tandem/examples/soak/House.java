package dev.tandem.examples.soak;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerInfo.State;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What lives as long as the soak: an executor of each kind, and two channels with a thread that
/// sends back what it gets. All of it is asked whenever it is quiet: a wake-up that was lost, or a
/// worker that was not replaced, shows then.
final class House implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final int SPARES = 1;
  private static final int THREADS = 2;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Told told = new Told();
  private final Deaths deaths;
  private final TaskExecutor threads =
      Tandem.newThreadPool(THREADS, cf -> cf.withName("soak-threads").withListener(told));
  private final TaskExecutor virtualThreads =
      Tandem.newVirtualThreadExecutor(
          cf -> cf.withConcurrency(3).withName("soak-virtual").withListener(told));
  private final ProcessPool processes =
      Tandem.newProcessPool(
          WORKERS,
          cf ->
              cf.withName("soak-processes")
                  .withMaxHeap(32L << 20)
                  .withSpares(SPARES)
                  .withRecycleAfter(2_000)
                  .withHeartbeatTimeout(Duration.ofSeconds(2))
                  .withListener(told));
  private final Channel<Integer> questions = Channel.rendezvous();
  private final Channel<Integer> answers = Channel.bounded(1);
  private final Thread echo = Thread.ofVirtual().name("soak-echo").start(this::echo);

  House(Ledger ledger) {
    this.deaths = new Deaths(ledger);
  }

  TaskExecutor threads() {
    return threads;
  }

  TaskExecutor virtualThreads() {
    return virtualThreads;
  }

  ProcessPool processes() {
    return processes;
  }

  Deaths deaths() {
    return deaths;
  }

  private void echo() {
    try {
      for (int question : questions) {
        answers.put(question);
      }
      answers.close();
    } catch (InterruptedException | ChannelClosedException e) {
      answers.closeExceptionally(e);
    }
  }

  /// {@return the workers that take tasks, or wait to}
  List<WorkerInfo> ready() {
    return processes.workers().stream().filter(House::isReady).toList();
  }

  static boolean isReady(WorkerInfo worker) {
    return worker.state() == State.IDLE || worker.state() == State.BUSY;
  }

  /// {@return the workers that have a process, also those that are just starting}
  List<WorkerInfo> alive() {
    return processes.workers().stream().filter(worker -> worker.pid() > 0).toList();
  }

  /// Waits until all workers that died have been replaced.
  void settle(Ledger ledger) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (processes.workers().size() != WORKERS + SPARES || ready().size() != WORKERS + SPARES) {
      if (System.nanoTime() > end) {
        ledger.problem("workers are missing: " + processes.workers());
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /// Nothing is on its way: whatever is asked has to answer.
  void ask(Ledger ledger) throws InterruptedException {
    askAllThreads(ledger);
    askOne(ledger, virtualThreads);
    askOne(ledger, processes);
    questions.put(6);
    Integer answer = answers.poll(LONG);
    if (answer == null || answer != 6) {
      ledger.problem("a channel gave " + answer);
    }
  }

  /// Has the tasks meet, so that all threads of the pool are there before they are counted.
  private void askAllThreads(Ledger ledger) throws InterruptedException {
    var all = new CountDownLatch(THREADS);
    List<Future<Boolean>> met = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      met.add(
          threads.submit(() -> {
            all.countDown();
            return all.await(LONG.toSeconds(), TimeUnit.SECONDS);
          }));
    }
    for (Future<Boolean> each : met) {
      try {
        if (!each.get(LONG.toSeconds(), TimeUnit.SECONDS)) {
          ledger.problem("a thread of the pool is missing: " + threads.stats());
        }
      } catch (ExecutionException | TimeoutException e) {
        ledger.problem("%s does not answer: %s".formatted(threads.stats(), Problems.text(e)));
      }
    }
  }

  private static void askOne(Ledger ledger, TaskExecutor executor) throws InterruptedException {
    try {
      int answer = executor.submit(() -> 6 * 7).get(LONG.toSeconds(), TimeUnit.SECONDS);
      if (answer != 42) {
        ledger.problem("%s gave %d".formatted(executor.stats().name(), answer));
      }
    } catch (ExecutionException | TimeoutException e) {
      ledger.problem("%s does not answer: %s".formatted(executor.stats(), Problems.text(e)));
    }
  }

  /// Closes all; the listener has to agree then.
  void close(Account account) throws InterruptedException {
    close();
    for (TaskExecutor each : List.of(threads, virtualThreads, processes)) {
      if (!each.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS)) {
        account.problem("does not terminate: " + each.stats());
      }
    }
    told.check(processes.stats(), account);
    echo.join();
  }

  @Override
  public void close() {
    questions.close();
    threads.close();
    virtualThreads.close();
    processes.close();
  }
}
