package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.benchmarks.Latencies;
import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Supplier;

/// Prints how long an element takes that goes to another platform thread through one queue and
/// comes back through a second.
public final class TripLatencies {
  private TripLatencies() {}

  /// @param args the queue, and the milliseconds for a point
  public static void main(String[] args) throws Exception {
    Supplier<Pipe> queue =
        switch (args[0]) {
          case "ours" -> () -> Pipes.ours(Channel.bounded(CAPACITY));
          case "rendezvous" -> () -> Pipes.ours(Channel.rendezvous());
          case "blockingQueue" -> () -> Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY));
          case "synchronousQueue" -> () -> Pipes.blocking(new SynchronousQueue<>());
          default -> throw new IllegalArgumentException("queue: " + args[0]);
        };
    Pipe there = queue.get();
    Pipe back = queue.get();
    Crew.PLATFORM.newThread(() -> echo(there, back)).start();
    Integer element = Transfer.element(0);
    Latencies.print(
        Integer.parseInt(args[1]),
        () -> {
          there.put(element);
          back.take();
        });
  }

  // a daemon thread, which ends with the program
  private static void echo(Pipe there, Pipe back) {
    try {
      while (true) {
        back.put(there.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
