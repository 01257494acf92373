package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/// The view against a list, with random operations: whatever was removed from the middle, order,
/// size and room are right.
class BlockingQueueModelTest extends BlockingQueueContract {
  private static final int OPERATIONS = 3_000;

  /// Few values, so that many elements are the same object.
  private static final int VALUES = 7;

  private final List<Integer> model = new ArrayList<>(); // as they were put

  private List<Integer> ordered() {
    return shape.inTakeOrder(model);
  }

  /// Removes the element with this index in the order of taking.
  private void removeFromModel(int index) {
    switch (shape.order()) {
      case FIFO -> model.remove(index);
      case LIFO -> model.remove(model.size() - 1 - index);
      case PRIORITY -> model.remove(ordered().get(index));
    }
  }

  @Test
  void everyOperationDoesWhatAListDoes() {
    needsInterior();
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      Channel<Integer> channel = create();
      BlockingQueue<Integer> queue = channel.asBlockingQueue();
      model.clear();
      long puts = 0;
      for (int i = 0; i < OPERATIONS; i++) {
        puts += step(queue, random, i);
        assertThat(queue.size()).isEqualTo(model.size());
        assertThat(channel.stats().takes()).isEqualTo(puts - model.size());
        if (i % 20 == 0) {
          assertThat(new ArrayList<>(queue)).as("after %s of %s", i, seed).isEqualTo(ordered());
        }
      }
      assertThat(pollAll(queue)).isEqualTo(ordered());
    }
  }

  private int step(BlockingQueue<Integer> queue, Random random, int i) {
    boolean grows = i / 500 % 2 == 0;
    Integer value = random.nextInt(VALUES);
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        int put = 0;
        for (int n = grows ? 6 : 1; n > 0; n--) {
          boolean fits = model.size() < shape.capacity();
          assertThat(queue.offer(value)).isEqualTo(fits);
          if (fits) {
            model.add(value);
            put++;
          }
        }
        return put;
      }
      case 4, 5 -> {
        Integer expected = model.isEmpty() ? null : ordered().getFirst();
        assertThat(queue.peek()).isEqualTo(expected);
        assertThat(queue.poll()).isEqualTo(expected);
        if (expected != null) {
          removeFromModel(0);
        }
      }
      case 6, 7 -> {
        int at = ordered().indexOf(value);
        assertThat(queue.contains(value)).isEqualTo(at >= 0);
        assertThat(queue.remove(value)).isEqualTo(at >= 0);
        if (at >= 0) {
          removeFromModel(at);
        }
      }
      case 8, 9 -> removeByIterator(queue, random, grows ? 4 : 40);
      case 10 -> drainToRefusing(queue, random.nextInt(4));
      default -> removeIf(queue, value);
    }
    return 0;
  }

  private void removeByIterator(BlockingQueue<Integer> queue, Random random, int percent) {
    Iterator<Integer> iterator = queue.iterator();
    for (int at = 0; iterator.hasNext(); at++) {
      assertThat(iterator.next()).isEqualTo(ordered().get(at));
      if (random.nextInt(100) < percent) {
        iterator.remove();
        removeFromModel(at--);
      }
    }
  }

  private void removeIf(BlockingQueue<Integer> queue, Integer value) {
    List<Integer> asked = new ArrayList<>();
    List<Integer> expected = ordered();
    boolean removed =
        queue.removeIf(e -> {
          asked.add(e);
          return e.equals(value);
        });
    assertThat(asked).as("each is asked about once").isEqualTo(expected);
    assertThat(model.removeIf(value::equals)).isEqualTo(removed);
  }

  private void drainToRefusing(BlockingQueue<Integer> queue, int accepts) {
    List<Integer> target =
        new ArrayList<>() {
          @Override
          public boolean add(Integer element) {
            if (size() == accepts) {
              throw new IllegalStateException("full");
            }
            return super.add(element);
          }
        };
    List<Integer> before = ordered();
    try {
      assertThat(queue.drainTo(target)).isEqualTo(before.size());
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("full");
    }
    assertThat(target).isEqualTo(before.subList(0, Math.min(accepts, before.size())));
    for (Integer _ : target) {
      removeFromModel(0);
    }
  }
}
