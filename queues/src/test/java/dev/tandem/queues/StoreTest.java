package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stores against models from java.util, with random operations.
class StoreTest {
  private static final int OPERATIONS = 4_000;

  /// Elements with the same key are equal to the order, and told apart by their number.
  private record Entry(int key, int number) {}

  private static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::key);

  private static final class OrderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OrderFailure() {
      super("for the test");
    }
  }

  /// An order that throws now and then.
  private static final class Moody implements Comparator<Entry> {
    private final Random random;
    private final int oneIn;
    boolean calm;

    Moody(Random random, int oneIn) {
      this.random = random;
      this.oneIn = oneIn;
    }

    @Override
    public int compare(Entry a, Entry b) {
      if (!calm && random.nextInt(oneIn) == 0) {
        throw new OrderFailure();
      }
      return ORDER.compare(a, b);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 300, Integer.MAX_VALUE})
  void heapGivesLeastFirstAndEqualOnesAsTheyCameWhateverTheOrderThrows(int oneIn) {
    Random random = new Random(oneIn);
    Moody moody = new Moody(random, oneIn);
    HeapStore<Entry> store = new HeapStore<>(moody);
    PriorityQueue<Entry> model = new PriorityQueue<>(ORDER.thenComparingInt(Entry::number));
    for (int i = 0; i < OPERATIONS; i++) {
      moody.calm = random.nextInt(4) == 0;
      try {
        step(store, model, i, random);
      } catch (OrderFailure _) {
        // the call has changed nothing
      }
      assertThat(store.size()).isEqualTo(model.size());
      assertThat(store.peek()).isEqualTo(model.peek());
    }
    moody.calm = true;
    assertThat(inOrder(store.copy())).isEqualTo(sorted(model));
    while (!model.isEmpty()) {
      assertThat(store.remove()).isEqualTo(model.poll());
    }
    assertThat(store.remove()).isNull();
  }

  private static void step(
      HeapStore<Entry> store, PriorityQueue<Entry> model, int i, Random random) {
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> {
        Entry entry = new Entry(random.nextInt(10), i);
        store.add(entry);
        model.add(entry);
      }
      case 4, 5 -> {
        Entry removed = store.remove();
        assertThat(removed).isEqualTo(model.poll());
      }
      case 6 -> {
        Look look = new Look(store);
        assertThat(look.elements).containsExactlyInAnyOrderElementsOf(model);
        if (!look.elements.isEmpty()) {
          int any = random.nextInt(look.elements.size());
          assertThat(look.remove(any)).isTrue();
          assertThat(model.remove(look.elements.get(any))).isTrue();
          assertThat(look.remove(any)).isFalse();
        }
      }
      default -> {
        if (random.nextInt(20) == 0) {
          store.clear();
          model.clear();
        }
      }
    }
  }

  private static List<Entry> sorted(PriorityQueue<Entry> model) {
    List<Entry> all = new ArrayList<>();
    PriorityQueue<Entry> copy = new PriorityQueue<>(model);
    while (!copy.isEmpty()) {
      all.add(copy.poll());
    }
    return all;
  }

  private static List<Entry> inOrder(Store<Entry> copy) {
    List<Entry> all = new ArrayList<>();
    for (Entry entry = copy.remove(); entry != null; entry = copy.remove()) {
      all.add(entry);
    }
    return all;
  }

  /// The result of a look at a store.
  private static final class Look {
    private final Store<Entry> store;
    private final long[] numbers;
    private final int[] slots;
    final List<Entry> elements = new ArrayList<>();

    Look(Store<Entry> store) {
      this.store = store;
      Object[] some = new Object[store.size()];
      numbers = new long[some.length];
      slots = new int[some.length];
      assertThat(store.look(some, numbers, slots)).isEqualTo(some.length);
      for (Object entry : some) {
        elements.add((Entry) entry);
      }
    }

    boolean remove(int index) {
      return store.remove(numbers[index], slots[index]);
    }
  }

  @Test
  void stackGivesTheLastFirst() {
    Random random = new Random(1);
    StackStore<Entry> store = new StackStore<>();
    List<Entry> model = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> {
          Entry entry = new Entry(0, i);
          store.add(entry);
          model.addLast(entry);
        }
        case 4, 5 ->
            assertThat(store.remove()).isEqualTo(model.isEmpty() ? null : model.removeLast());
        case 6 -> {
          if (!model.isEmpty()) {
            removeAfterOthers(store, model, random);
          }
        }
        default -> {
          if (random.nextInt(20) == 0) {
            store.clear();
            model.clear();
          }
        }
      }
      assertThat(store.size()).isEqualTo(model.size());
      assertThat(store.peek()).isEqualTo(model.isEmpty() ? null : model.getLast());
      assertThat(new Look(store).elements).isEqualTo(model.reversed());
      assertThat(inOrder(store.copy())).isEqualTo(model.reversed());
    }
  }

  /// Removes an element by its place in a snapshot, although other elements have gone since.
  private static void removeAfterOthers(StackStore<Entry> store, List<Entry> model, Random random) {
    Look look = new Look(store);
    int any = random.nextInt(model.size());
    for (int i = random.nextInt(3); i > 0 && !model.isEmpty(); i--) {
      if (random.nextBoolean()) {
        assertThat(store.remove()).isEqualTo(model.removeLast());
      } else {
        model.removeFirst();
        Look now = new Look(store);
        assertThat(now.remove(now.elements.size() - 1)).isTrue();
      }
    }
    assertThat(look.remove(any)).isEqualTo(model.remove(look.elements.get(any)));
  }

  @Test
  void drainLosesNothingWhenTheOrderThrows() {
    Moody moody = new Moody(new Random(1), 50);
    moody.calm = true;
    Channel<Entry> channel = Channel.priority(64, moody);
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(new Entry(63 - i, i));
      assertThat(channel.offer(all.get(i))).isTrue();
    }
    moody.calm = false;
    List<Entry> drained = new ArrayList<>();
    for (int i = 0; i < 1_000 && drained.size() < 64; i++) {
      try {
        channel.drain(drained::add, 64);
      } catch (OrderFailure _) {
        // once more
      }
    }
    assertThat(drained).containsExactlyElementsOf(all.reversed());
  }
}
