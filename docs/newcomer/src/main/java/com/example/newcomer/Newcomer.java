package com.example.newcomer;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.SharedLong;
import dev.tandem.pools.SharedSegment;
import dev.tandem.queues.Channel;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// The README's examples, without the network: each prints what came of it.
public final class Newcomer {
  private Newcomer() {}

  /// @param args what the workers' JVMs are started with as well
  public static void main(String[] args) throws Exception {
    List<Integer> numbers = IntStream.rangeClosed(1, 10).boxed().toList();
    threads(numbers);
    channel(numbers);
    scope();
    processes(numbers, args);
    sharing(numbers, args);
  }

  private static void threads(List<Integer> numbers) {
    try (var pool = Tandem.newThreadPool(4);
        var squares = pool.map(numbers, Newcomer::square)) {
      System.out.println("threads " + squares.toList());
    }
    try (var pool = Tandem.newVirtualThreadExecutor();
        var squares = pool.map(numbers, Newcomer::square)) {
      System.out.println("virtual threads " + squares.toList());
    }
  }

  private static void channel(List<Integer> numbers) throws Exception {
    Channel<Integer> channel = Tandem.newChannel(2);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var sent =
          net.submit(
              channel.producer(
                  out -> {
                    for (int number : numbers) {
                      out.put(number);
                    }
                  }));
      int sum = 0;
      for (int number : channel) {
        sum += number;
      }
      sent.get();
      System.out.println("channel " + sum);
    }
  }

  private static void scope() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(20)))) {
      var six = scope.fork(() -> 6);
      var seven = scope.fork(() -> 7);
      scope.join();
      System.out.println("scope " + six.get() * seven.get());
    }
    System.out.println("parallel " + Parallel.all(() -> "a", () -> "b"));
  }

  private static void processes(List<Integer> numbers, String[] jvmArguments) throws Exception {
    try (var pool =
        Tandem.newProcessPool(2, cf -> cf.withSpares(1).withJvmArguments(jvmArguments))) {
      try (var squares = pool.map(numbers, Newcomer::square)) {
        System.out.println("processes " + squares.toList());
      }
      long own = ProcessHandle.current().pid();
      boolean elsewhere = pool.submit(() -> ProcessHandle.current().pid() != own).get();
      System.out.println("elsewhere " + elsewhere);
      try {
        pool.submit(Task.of("never", Newcomer::never).withTimeout(Duration.ofMillis(300))).get();
      } catch (ExecutionException e) {
        System.out.println("stopped " + (e.getCause() instanceof TaskTimeoutException));
      }
    }
  }

  /// What a worker asks the application.
  public interface Prices {
    /// {@return the price of something}
    long of(String name);
  }

  private static void sharing(List<Integer> numbers, String[] jvmArguments) throws Exception {
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withJvmArguments(jvmArguments))) {
      Channel<Integer> there = pool.newChannel(2);
      Channel<List<Integer>> back = pool.newChannel(2);
      SharedLong count = pool.newLong(0);
      SharedSegment memory = pool.newSegment(1 << 20);
      Prices prices = pool.export(Prices.class, name -> name.length());
      byte[] large = new byte[1 << 20];
      var worker =
          pool.submit(
              () -> {
                for (int number : there) {
                  count.getAndAdd(number);
                  back.put(List.of(number, square(number)));
                }
                back.close();
                memory.memory().set(ValueLayout.JAVA_BYTE, large.length - 1, (byte) 7);
                return prices.of("apple");
              });
      int sum = 0;
      for (int number : numbers) {
        there.put(number);
        sum += back.take().getLast();
      }
      there.close();
      System.out.println("between processes " + sum + " of " + count.get());
      System.out.println("remote " + worker.get());
      System.out.println(
          "memory " + memory.memory().get(ValueLayout.JAVA_BYTE, large.length - 1));
      byte[] same = pool.submit(() -> large).get();
      System.out.println("large " + pool.submit(() -> same.length).get());
    }
  }

  private static int square(int number) {
    return number * number;
  }

  private static Object never() {
    while (true) {
      Thread.onSpinWait();
    }
  }
}
