package dev.tandem.examples.soak;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelStats;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/// One or two tiny channels of any shape: several producers and consumers, `select` over both,
/// interrupts, and several threads that close. Sometimes a deadline cuts everything off.
final class ChannelLoad implements Load {
  @Override
  public String name() {
    return "channels";
  }

  @Override
  public void play(Round round) throws Exception {
    boolean handBack = round.oneIn(2); // by the channel's own action
    List<Channel<Integer>> channels = new ArrayList<>();
    for (int i = round.between(1, 2); i > 0; i--) {
      channels.add(open(round, handBack));
    }
    var crowd = new ChannelCrowd(channels, handBack, round.oneIn(3));
    boolean cut = round.oneIn(10);
    Duration deadline = Duration.ofMillis(round.between(1, 20));
    try (var scope = TaskScope.open(cf -> cut ? cf.withTimeout(deadline) : cf)) {
      crowd.run(round, scope);
      scope.join();
    } catch (ExecutionException e) {
      if (!cut || !(e.getCause() instanceof TaskScope.CancelledByTimeoutException)) {
        throw e;
      }
    }
    for (Channel<Integer> channel : channels) {
      crowd.closeNow(round.account(), channel);
      check(round.account(), channel.stats());
    }
    crowd.settleBatches(round.account());
  }

  private static Channel<Integer> open(Round round, boolean handBack) {
    Shape shape = round.oneOf(Shape.values());
    UnaryOperator<Channel.Config<Integer>> cf =
        c ->
            handBack
                ? c.withUndelivered(id -> round.account().settle(id, Fate.CANCELLED))
                : c.withName(shape.name());
    return shape.open(round.between(1, 3), cf);
  }

  private static void check(Account account, ChannelStats stats) {
    if (stats.puts() != stats.takes() || stats.size() != 0 || !stats.closed()) {
      account.problem("the counts of a closed channel: " + stats);
    }
  }
}
