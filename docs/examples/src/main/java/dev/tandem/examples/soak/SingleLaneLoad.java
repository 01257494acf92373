package dev.tandem.examples.soak;

import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.time.Duration;

/// A channel with one producer, which closes it, and one consumer.
final class SingleLaneLoad implements Load {
  @Override
  public String name() {
    return "single lane";
  }

  @Override
  public void play(Round round) throws Exception {
    Channel<Integer> channel = Channel.bounded(round.between(1, 8), c -> c.withCloseByProducer());
    Round putting = round.actor();
    Round taking = round.actor();
    try (var scope = TaskScope.open()) {
      scope.fork(channel.producer(_ -> putAll(putting, channel)));
      scope.fork(channel.consumer(_ -> takeAll(taking, channel)));
      scope.join();
    }
  }

  private static void putAll(Round round, Channel<Integer> channel) throws InterruptedException {
    for (int i = round.between(1, 200); i > 0; i--) {
      round.step();
      int id = round.account().enter();
      if (!round.oneIn(4)) {
        channel.put(id);
      } else if (!channel.offer(id, Duration.ofNanos(round.random().nextInt(100_000)))) {
        round.account().settle(id, Fate.REFUSED);
      }
    }
  }

  private static void takeAll(Round round, Channel<Integer> channel) throws InterruptedException {
    int last = -1;
    for (int id : channel) {
      round.step();
      if (id <= last) {
        round.account().problem("out of order: %d after %d".formatted(id, last));
      }
      last = id;
      round.account().settle(id, Fate.RESULT);
    }
  }
}
