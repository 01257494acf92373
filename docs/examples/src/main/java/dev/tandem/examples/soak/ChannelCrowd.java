package dev.tandem.examples.soak;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.structured.TaskScope;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// The threads that use the channels of one round.
final class ChannelCrowd {
  private final List<Channel<Integer>> channels;
  private final boolean handBack;
  private final boolean done;
  private final Disturber disturber = new Disturber();
  private final Queue<List<Integer>> brokenBatches = new ConcurrentLinkedQueue<>();

  /// @param channels one or two
  /// @param handBack whether the channels tell of what `closeNow` gives back
  /// @param done whether consumers say that they are done with an element
  ChannelCrowd(List<Channel<Integer>> channels, boolean handBack, boolean done) {
    this.channels = channels;
    this.handBack = handBack;
    this.done = done;
  }

  /// Forks all threads; returns when the producers are done and the closing threads are on their
  /// way.
  void run(Round round, TaskScope<Object, ?, ?> scope)
      throws ExecutionException, InterruptedException {
    for (int i = round.between(1, 3); i > 0; i--) {
      var consumer = new ChannelConsumer(round.actor(), channels, done);
      scope.fork(() -> act(scope, consumer::step));
    }
    try (var producers = TaskScope.open()) {
      for (int i = round.between(1, 3); i > 0; i--) {
        var producer = new ChannelProducer(round.actor(), channels, brokenBatches);
        producers.fork(() -> act(scope, producer::step));
      }
      if (round.oneIn(2)) {
        Round actor = round.actor();
        producers.fork(() -> disturb(actor));
      }
      if (round.oneIn(3)) {
        Round actor = round.actor();
        producers.fork(() -> closeSome(actor));
      }
      producers.join();
    }
    for (Channel<Integer> channel : channels) {
      boolean first = done && round.oneIn(2);
      // not the owner: a deadline of the scope would not end its wait
      scope.fork(() -> close(channel, first));
      if (round.oneIn(2)) {
        scope.fork(() -> close(channel, first));
      }
    }
  }

  /// Steps until there is nothing to do, or the scope was cancelled.
  private void act(TaskScope<?, ?, ?> scope, Step step) {
    disturber.enter();
    try {
      boolean more = true;
      while (more && !scope.isCancelled()) {
        try {
          more = step.play();
        } catch (InterruptedException _) {
          // by the disturber: go on; or by the end of the scope, which is looked at
        }
      }
    } finally {
      disturber.leave();
    }
  }

  interface Step {
    /// {@return whether there is more to do}
    boolean play() throws InterruptedException;
  }

  private void disturb(Round round) throws InterruptedException {
    for (int i = round.between(1, 5); i > 0; i--) {
      TimeUnit.MICROSECONDS.sleep(round.random().nextInt(500));
      disturber.disturb(round.random());
    }
  }

  /// Closes while producers are at work.
  private void closeSome(Round round) throws InterruptedException {
    for (Channel<Integer> channel : channels) {
      TimeUnit.MICROSECONDS.sleep(round.random().nextInt(1_000));
      switch (round.random().nextInt(4)) {
        case 0 -> channel.close();
        case 1 -> channel.closeExceptionally(new SoakFailure());
        case 2 -> closeNow(round.account(), channel);
        default -> {} // leaves it open
      }
    }
  }

  private static void close(Channel<Integer> channel, boolean whenAllIsDone)
      throws InterruptedException {
    try {
      if (whenAllIsDone) {
        channel.awaitDone();
      }
    } catch (ChannelClosedException _) {
      // with a cause, by a closer
    }
    channel.close();
  }

  void closeNow(Account account, Channel<Integer> channel) {
    List<Integer> back = channel.closeNow();
    if (!handBack) {
      back.forEach(id -> account.settle(id, Fate.CANCELLED));
    }
  }

  /// Checks that of a batch that was cut short only the first elements have come out.
  void settleBatches(Account account) {
    for (List<Integer> batch : brokenBatches) {
      boolean refused = false;
      for (int id : batch) {
        boolean open = account.settleIfOpen(id, Fate.REFUSED);
        if (refused && !open) {
          account.problem("a batch with a hole before %d: %s".formatted(id, batch));
        }
        refused |= open;
      }
    }
  }
}
