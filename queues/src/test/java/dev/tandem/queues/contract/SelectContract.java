package dev.tandem.queues.contract;

import dev.tandem.queues.Channel;
import dev.tandem.queues.Select;
import dev.tandem.testing.Caller;
import java.time.Duration;

/// Selects over one channel of each shape and one idle neighbour.
public abstract class SelectContract extends ChannelContract {
  static final Duration SHORT = Duration.ofMillis(15);

  final Channel<String> idle = Channel.bounded(1);

  final Select.Clause<String> onIdle() {
    return idle.onTake(element -> "idle " + element);
  }

  /// {@return a thread that has filled the channel and waits in a select to put -1}
  final Caller<String> selectorOfFull(Channel<Integer> channel) {
    return start(
            () -> {
              fill(channel);
              return Select.<String>select(onIdle(), channel.onPut(-1, () -> "put"));
            })
        .awaitBlocked();
  }
}
