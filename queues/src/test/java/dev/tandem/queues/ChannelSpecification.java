package dev.tandem.queues;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The sequential specification of a channel: a list, and whether it is closed.
public abstract class ChannelSpecification {
  private final int capacity;
  private final List<Integer> elements = new ArrayList<>();
  private final int[] puts = new int[5]; // of each thread
  private boolean closed;

  ChannelSpecification(int capacity) {
    this.capacity = capacity;
  }

  /// Returns the index of the next element to take.
  abstract int next(List<Integer> elements);

  public int put(int thread) {
    int element = ChannelModel.element(thread, puts[thread]++);
    if (closed) {
      return AbstractChannel.CLOSED;
    }
    if (elements.size() == capacity) {
      return AbstractChannel.FULL;
    }
    elements.add(element);
    return AbstractChannel.PUT;
  }

  public String take() {
    if (elements.isEmpty()) {
      return closed ? "end" : "null";
    }
    return String.valueOf(elements.remove(next(elements)));
  }

  public void close() {
    closed = true;
  }

  public boolean isDrained() {
    return closed && elements.isEmpty();
  }

  public int size() {
    return elements.size();
  }

  public String peek() {
    return elements.isEmpty() ? "null" : String.valueOf(elements.get(next(elements)));
  }

  public boolean removeFirstOf(int thread) {
    return elements.remove((Integer) ChannelModel.element(thread, 0));
  }

  public boolean containsFirstOf(int thread) {
    return elements.contains(ChannelModel.element(thread, 0));
  }

  abstract static class Fifo extends ChannelSpecification {
    Fifo(int capacity) {
      super(capacity);
    }

    @Override
    int next(List<Integer> elements) {
      return 0;
    }
  }

  /// First in, first out; holds one.
  public static final class FifoOfOne extends Fifo {
    public FifoOfOne() {
      super(1);
    }
  }

  /// First in, first out; holds two.
  public static final class FifoOfTwo extends Fifo {
    public FifoOfTwo() {
      super(2);
    }
  }

  /// First in, first out; holds three.
  public static final class FifoOfThree extends Fifo {
    public FifoOfThree() {
      super(3);
    }
  }

  /// First in, first out; holds any number.
  public static final class FifoOfAny extends Fifo {
    public FifoOfAny() {
      super(Integer.MAX_VALUE);
    }
  }

  /// Last in, first out; holds two.
  public static final class LifoOfTwo extends ChannelSpecification {
    public LifoOfTwo() {
      super(2);
    }

    @Override
    int next(List<Integer> elements) {
      return elements.size() - 1;
    }
  }

  /// Least first by the half, so that some are equal; holds three.
  public static final class PriorityOfThree extends ChannelSpecification {
    // a lambda of our own: Lincheck cannot look into those of java.util
    static final Comparator<Integer> ORDER = (a, b) -> Integer.compare(a % 10 / 2, b % 10 / 2);

    public PriorityOfThree() {
      super(3);
    }

    @Override
    int next(List<Integer> elements) {
      int next = 0;
      for (int i = 1; i < elements.size(); i++) {
        if (ORDER.compare(elements.get(i), elements.get(next)) < 0) {
          next = i;
        }
      }
      return next;
    }
  }
}
