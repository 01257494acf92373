package dev.tandem.queues.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/// The contract of `java.util.concurrent.BlockingQueue`, for the view of every shape.
abstract class BlockingQueueContract extends ChannelContract {
  /// {@return the view of a new channel of the shape}
  final BlockingQueue<Integer> queue() {
    return create().asBlockingQueue();
  }

  /// {@return the view of a channel that was filled to its capacity, or to ten elements}
  final BlockingQueue<Integer> queueOf(List<Integer> elements) {
    needsRoomFor(elements.size());
    BlockingQueue<Integer> queue = queue();
    queue.addAll(elements);
    return queue;
  }

  /// {@return as many different elements as fit, at most ten}
  final List<Integer> some() {
    return ChannelShape.numbers(Math.min(shape.capacity(), 10));
  }

  /// For tests that look at, or take out, other elements than the head.
  final void needsInterior() {
    assumeTrue(!shape.isClosedByProducer(), "access to the interior");
  }

  /// {@return all that the queue gives now}
  static List<Integer> pollAll(BlockingQueue<Integer> queue) {
    List<Integer> taken = new ArrayList<>();
    Integer element = queue.poll();
    while (element != null) {
      taken.add(element);
      element = queue.poll();
    }
    return taken;
  }
}
