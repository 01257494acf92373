package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.queues.Channel;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/// Prints how many items a second go through a queue with 1, 2, 4 and 8 producers and as many
/// consumers.
public final class ThroughputSweep {
  private static final int ROUNDS = 5;
  private static final int ITEMS_PER_MILLI_OF_FAST = 10_000;
  private static final int ITEMS_PER_MILLI_OF_OTHERS = 2_000;
  private static final int MOST_SIDES = 8;

  private ThroughputSweep() {}

  /// @param args the queue, `platform` or `virtual`, and the milliseconds for a point
  public static void main(String[] args) throws Exception {
    ThreadFactory threads =
        switch (args[1]) {
          case "platform" -> Crew.PLATFORM;
          case "virtual" -> Crew.VIRTUAL;
          default -> throw new IllegalArgumentException("threads: " + args[1]);
        };
    Supplier<Pipe> queue = queue(args[0]);
    int pointMillis = Integer.parseInt(args[2]);
    int items = items(args[0], pointMillis);
    var warmUp = Duration.ofMillis(2L * pointMillis);
    var figures = new Figures();
    for (int sides = 1; sides <= MOST_SIDES; sides *= 2) {
      int each = sides;
      figures.add(
          "" + sides, Rounds.median(warmUp, ROUNDS, () -> rate(threads, queue.get(), each, items)));
    }
    figures.print();
  }

  private static Supplier<Pipe> queue(String name) {
    return switch (name) {
      case "ours" -> () -> Pipes.ours(Channel.bounded(CAPACITY));
      case "blockingQueue" -> () -> Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY));
      case "transferQueue" -> () -> Pipes.blocking(new LinkedTransferQueue<>());
      case "jctools" -> () -> Pipes.spinning(new MpmcVarHandleArrayQueue<>(CAPACITY));
      default -> throw new IllegalArgumentException("queue: " + name);
    };
  }

  /// A round that is long enough for the system to give the threads their cores.
  private static int items(String queue, int pointMillis) {
    boolean fast = queue.equals("ours") || queue.equals("jctools");
    int items = pointMillis * (fast ? ITEMS_PER_MILLI_OF_FAST : ITEMS_PER_MILLI_OF_OTHERS);
    return items / MOST_SIDES * MOST_SIDES;
  }

  private static double rate(ThreadFactory threads, Pipe pipe, int sides, int items)
      throws Exception {
    long begin = System.nanoTime();
    Transfer.move(threads, pipe, sides, sides, items);
    return items / Rounds.secondsSince(begin);
  }
}
