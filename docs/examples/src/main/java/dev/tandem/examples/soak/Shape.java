package dev.tandem.examples.soak;

import dev.tandem.queues.Channel;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/// The shapes of channels.
enum Shape {
  BOUNDED {
    @Override
    Channel<Integer> open(int capacity, UnaryOperator<Channel.Config<Integer>> cf) {
      return Channel.bounded(capacity, cf);
    }
  },
  UNBOUNDED {
    @Override
    Channel<Integer> open(int capacity, UnaryOperator<Channel.Config<Integer>> cf) {
      return Channel.unbounded(cf);
    }
  },
  RENDEZVOUS {
    @Override
    Channel<Integer> open(int capacity, UnaryOperator<Channel.Config<Integer>> cf) {
      return Channel.rendezvous(cf);
    }
  },
  LIFO {
    @Override
    Channel<Integer> open(int capacity, UnaryOperator<Channel.Config<Integer>> cf) {
      return Channel.lifo(capacity, cf);
    }
  },
  PRIORITY {
    @Override
    Channel<Integer> open(int capacity, UnaryOperator<Channel.Config<Integer>> cf) {
      return Channel.priority(capacity, Comparator.naturalOrder(), cf);
    }
  };

  abstract Channel<Integer> open(int capacity, UnaryOperator<Channel.Config<Integer>> cf);
}
