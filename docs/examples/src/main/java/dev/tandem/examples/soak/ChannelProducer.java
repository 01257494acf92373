package dev.tandem.examples.soak;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Select;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

/// Puts elements in all the ways there are.
final class ChannelProducer {
  private final Round round;
  private final List<Channel<Integer>> channels;
  private final Queue<List<Integer>> brokenBatches;
  private int left;

  /// @param round belongs to this actor
  /// @param channels where to put
  /// @param brokenBatches is given each batch of which only a part was put
  ChannelProducer(
      Round round, List<Channel<Integer>> channels, Queue<List<Integer>> brokenBatches) {
    this.round = round;
    this.channels = channels;
    this.brokenBatches = brokenBatches;
    this.left = round.between(1, 60);
  }

  /// {@return whether there is more to put}
  boolean step() throws InterruptedException {
    if (left-- == 0 || channels.stream().allMatch(Channel::isClosed)) {
      return false;
    }
    round.step();
    Channel<Integer> channel = channels.get(round.random().nextInt(channels.size()));
    if (round.oneIn(10)) {
      putAll(channel);
    } else {
      putOne(channel);
    }
    return true;
  }

  private void putOne(Channel<Integer> channel) throws InterruptedException {
    int id = round.account().enter();
    boolean accepted = false;
    try {
      accepted = put(id, channel);
    } catch (ChannelClosedException _) {
      // refused
    } finally {
      if (!accepted) {
        round.account().settle(id, Fate.REFUSED);
      }
    }
  }

  private boolean put(int id, Channel<Integer> channel) throws InterruptedException {
    return switch (round.random().nextInt(6)) {
      case 0 -> channel.offer(id);
      case 1 -> channel.offer(id, Duration.ofNanos(round.random().nextInt(1_000_000)));
      case 2 -> Select.select(clauses(id));
      default -> {
        channel.put(id);
        yield true;
      }
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private Select.Clause<Boolean>[] clauses(int id) {
    return channels.stream().map(c -> c.onPut(id, () -> true)).toArray(Select.Clause[]::new);
  }

  private void putAll(Channel<Integer> channel) throws InterruptedException {
    List<Integer> batch =
        IntStream.range(0, round.between(1, 8)).mapToObj(_ -> round.account().enter()).toList();
    boolean all = false;
    try {
      channel.putAll(batch);
      all = true;
    } catch (ChannelClosedException _) {
      // only a part
    } finally {
      if (!all) {
        brokenBatches.add(batch);
      }
    }
  }
}
