package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A channel of a stress round, with the ledger of what went in and came out.
final class StressLane {
  final Channel<StressItem> channel;
  final StressShape shape;
  private final boolean done;
  private final Queue<StressItem> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<StressItem> taken = new ConcurrentLinkedQueue<>();
  private final Queue<StressItem> handedBack = new ConcurrentLinkedQueue<>();
  private final Queue<StressItem> undelivered = new ConcurrentLinkedQueue<>();

  /// Whether a close has returned.
  volatile boolean closed;

  /// Whether a taker has seen the end.
  private volatile boolean endSeen;

  StressLane(StressShape shape, int capacity, boolean done) {
    this.shape = shape;
    this.channel =
        shape.create(capacity, cf -> cf.withName("lane").withUndelivered(undelivered::add));
    this.done = done;
  }

  boolean countsDone() {
    return done;
  }

  void accepted(Collection<StressItem> items, boolean closedBefore) {
    assertThat(closedBefore && !items.isEmpty()).as("put after close").isFalse();
    accepted.addAll(items);
  }

  /// A taker, which remembers what it saw.
  final class Taker {
    private final Map<Integer, Integer> last = new HashMap<>();
    private boolean endBefore;

    /// Must be called before each call that may take.
    void begins() {
      endBefore = endSeen;
    }

    void took(StressItem item) {
      assertThat(endBefore).as("an element after the end").isFalse();
      Integer before = last.put(item.producer(), item.number());
      if (before != null && shape.isFifo()) {
        assertThat(item.number()).as("%s after %s", item, before).isGreaterThan(before);
      }
      taken(item);
    }
  }

  void taken(StressItem item) {
    taken.add(item);
    if (done) {
      channel.taskDone();
    }
  }

  void sawEnd() {
    assertThat(channel.isDrained()).as("drained at the end").isTrue();
    endSeen = true;
  }

  void closeNow() {
    handedBack.addAll(channel.closeNow());
    closed = true;
  }

  /// Checks the ledger after all threads have left.
  void check() {
    assertThat(counts(List.of(taken, handedBack)))
        .as("taken or handed back")
        .isEqualTo(counts(List.of(accepted)));
    assertThat(accepted).doesNotHaveDuplicates();
    assertThat(counts(List.of(undelivered))).isEqualTo(counts(List.of(handedBack)));
    ChannelStats stats = channel.stats();
    assertThat(stats.size()).isZero();
    assertThat(stats.puts()).isEqualTo(accepted.size());
    assertThat(stats.takes()).isEqualTo(accepted.size());
  }

  private static Map<StressItem, Integer> counts(List<Collection<StressItem>> all) {
    Map<StressItem, Integer> counts = new HashMap<>();
    all.forEach(some -> some.forEach(item -> counts.merge(item, 1, Integer::sum)));
    return counts;
  }

  @Override
  public String toString() {
    return shape + " " + channel + " " + channel.stats();
  }
}
