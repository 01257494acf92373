package dev.tandem.benchmarks.channels;

import dev.tandem.queues.Channel;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;

/// Makes a [Pipe] of each kind of queue.
final class Pipes {
  static final int CAPACITY = 1024;

  private Pipes() {}

  static Pipe ours(Channel<Integer> channel) {
    return new Ours(channel);
  }

  static Pipe blocking(BlockingQueue<Integer> queue) {
    return new Blocking(queue);
  }

  static Pipe lifo(BlockingDeque<Integer> deque) {
    return new Lifo(deque);
  }

  /// A queue that cannot wait: a thread that finds it full or empty spins a hundred times, then
  /// yields.
  static Pipe spinning(Queue<Integer> queue) {
    return new Spinning(queue);
  }

  static Pipe jox(com.softwaremill.jox.Channel<Integer> channel) {
    return new Jox(channel);
  }

  static Pipe disruptor() {
    return new DisruptorPipe(CAPACITY);
  }

  private record Ours(Channel<Integer> channel) implements Pipe {
    @Override
    public void put(Integer element) throws InterruptedException {
      channel.put(element);
    }

    @Override
    public Integer take() throws InterruptedException {
      return channel.take();
    }
  }

  private record Blocking(BlockingQueue<Integer> queue) implements Pipe {
    @Override
    public void put(Integer element) throws InterruptedException {
      queue.put(element);
    }

    @Override
    public Integer take() throws InterruptedException {
      return queue.take();
    }
  }

  private record Lifo(BlockingDeque<Integer> deque) implements Pipe {
    @Override
    public void put(Integer element) throws InterruptedException {
      deque.putFirst(element);
    }

    @Override
    public Integer take() throws InterruptedException {
      return deque.takeFirst();
    }
  }

  private record Jox(com.softwaremill.jox.Channel<Integer> channel) implements Pipe {
    @Override
    public void put(Integer element) throws InterruptedException {
      channel.send(element);
    }

    @Override
    public Integer take() throws InterruptedException {
      return channel.receive();
    }
  }

  private record Spinning(Queue<Integer> queue) implements Pipe {
    private static final int SPINS = 100;

    @Override
    public void put(Integer element) {
      for (int tries = 0; !queue.offer(element); tries++) {
        pause(tries);
      }
    }

    @Override
    public Integer take() {
      Integer element;
      for (int tries = 0; (element = queue.poll()) == null; tries++) {
        pause(tries);
      }
      return element;
    }

    private static void pause(int tries) {
      if (tries < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }
}
