package dev.tandem.examples.soak;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Takes elements in all the ways there are, until the channels have ended.
///
/// With two channels it never waits for one of them alone: a producer may wait to put into the
/// other.
final class ChannelConsumer {
  private static final Duration SHORT = Duration.ofMillis(1);

  private final Round round;
  private final List<Channel<Integer>> open;
  private final boolean done;
  private boolean selects = true;

  /// @param round belongs to this actor
  /// @param channels where to take
  /// @param done whether to say that an element is done with
  ChannelConsumer(Round round, List<Channel<Integer>> channels, boolean done) {
    this.round = round;
    this.open = new ArrayList<>(channels);
    this.done = done;
  }

  /// {@return whether there may be more to take}
  boolean step() throws InterruptedException {
    if (open.isEmpty()) {
      return false;
    }
    round.step();
    if (selects && round.oneIn(2)) {
      select();
      return true;
    }
    Channel<Integer> channel = open.get(round.random().nextInt(open.size()));
    try {
      takeFrom(channel);
    } catch (ChannelClosedException _) {
      open.remove(channel);
    }
    return true;
  }

  private void select() throws InterruptedException {
    try {
      var _ = Select.select(clauses());
    } catch (ChannelClosedException _) {
      selects = false; // one has ended with a cause, or all: the other way finds out
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private Select.Clause<Boolean>[] clauses() {
    List<Select.Clause<Boolean>> clauses = new ArrayList<>();
    for (Channel<Integer> channel : open) {
      clauses.add(channel.onTake(id -> taken(channel, id)));
    }
    switch (round.random().nextInt(4)) {
      case 0 -> clauses.add(Select.after(SHORT, () -> false));
      case 1 -> clauses.add(Select.otherwise(() -> false));
      default -> {} // waits for ever
    }
    return clauses.toArray(Select.Clause[]::new);
  }

  private void takeFrom(Channel<Integer> channel) throws InterruptedException {
    switch (round.random().nextInt(open.size() == 1 ? 8 : 5)) {
      case 0 -> taken(channel, channel.poll());
      case 1 -> taken(channel, channel.poll(SHORT));
      case 2 -> channel.drain(id -> taken(channel, id), round.between(1, 5));
      case 3 -> channel.drain(id -> taken(channel, id), round.between(1, 5), SHORT);
      case 4 -> remove(channel);
      case 5 -> iterate(channel);
      default -> taken(channel, channel.take());
    }
  }

  /// Takes some element out of the middle.
  private void remove(Channel<Integer> channel) {
    Integer wanted = round.random().nextInt(100);
    if (channel.asBlockingQueue().remove(wanted)) {
      taken(channel, wanted);
    } else {
      taken(channel, channel.poll());
    }
  }

  private void iterate(Channel<Integer> channel) throws InterruptedException {
    try {
      Iterator<Integer> elements = channel.iterator();
      for (int i = round.between(1, 5); i > 0; i--) {
        if (!elements.hasNext()) {
          open.remove(channel);
          return;
        }
        taken(channel, elements.next());
      }
    } catch (CancellationException e) {
      if (!Thread.interrupted()) {
        throw e;
      }
      throw new InterruptedException();
    }
  }

  private boolean taken(Channel<Integer> channel, @Nullable Integer id) {
    if (id == null) {
      return false;
    }
    round.account().settle(id, Fate.RESULT);
    if (done) {
      channel.taskDone();
    }
    return true;
  }
}
