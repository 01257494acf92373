package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.examples.site.Slow;
import dev.tandem.queues.Channel;
import dev.tandem.queues.Sink;
import dev.tandem.structured.TaskScope;
import java.util.ArrayList;
import java.util.List;

/// One producer and three consumers with a bounded channel between them. The consumers are platform
/// threads, virtual threads, or processes: [#run(TaskExecutor, int)] does not know.
///
/// There is no end marker. When the producer is done, the channel is closed, and `map` ends when
/// the last result is there. If the producer fails, `map` throws; if a consumer does, leaving the
/// scope stops the producer.
final class ProducerConsumers {
  private static final int CONSUMERS = 3;

  private ProducerConsumers() {}

  /// An order that takes 2 ms to come in.
  private static int receive(int number) throws InterruptedException {
    Slow.io(2);
    return number;
  }

  /// What a consumer does with it takes 6 ms.
  private static String ship(int order) throws InterruptedException {
    Slow.io(6);
    return "order " + order + " shipped";
  }

  static List<String> sequential(int orders) throws InterruptedException {
    List<String> shipped = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      shipped.add(ship(receive(i)));
    }
    return shipped;
  }

  private static void produce(Sink<Integer> out, int orders) throws InterruptedException {
    for (int i = 0; i < orders; i++) {
      out.put(receive(i)); // waits while ten are waiting
    }
  }

  private static List<String> run(TaskExecutor consumers, int orders) throws Exception {
    Channel<Integer> queue = Tandem.newChannel(10);
    try (var scope = TaskScope.open()) {
      scope.fork(queue.producer(out -> produce(out, orders)));
      List<String> shipped =
          consumers
              .map(queue, ProducerConsumers::ship, cf -> cf.withBuffer(CONSUMERS)) // few at a time
              .toList();
      scope.join();
      return shipped;
    }
  }

  static List<String> threads(int orders) throws Exception {
    try (var consumers = Tandem.newThreadPool(CONSUMERS)) {
      return run(consumers, orders);
    }
  }

  static List<String> virtualThreads(int orders) throws Exception {
    try (var consumers = Tandem.newVirtualThreadExecutor(CONSUMERS)) {
      return run(consumers, orders);
    }
  }

  static List<String> processes(int orders) throws Exception {
    try (var consumers = Tandem.newProcessPool(CONSUMERS)) {
      return run(consumers, orders);
    }
  }

  static void main() throws Exception {
    Timed.print("sequential", () -> sequential(200).size() + " shipped");
    Timed.print("threads", () -> threads(200).size() + " shipped");
    Timed.print("virtual", () -> virtualThreads(200).size() + " shipped");
    Timed.print("processes", () -> processes(200).size() + " shipped");
  }
}
