package dev.tandem.pools.internal.thread;

import dev.tandem.Tandem;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.testing.SilencedLog;
import dev.tandem.testing.StressRounds;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// The executors that the stress tests run over.
enum StressKind {
  THREADS(2, -1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return (AbstractTaskExecutor) Tandem.newThreadPool(2, cf);
    }
  },
  NO_QUEUE(2, 0) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return bounded(2, 0, cf);
    }
  },
  QUEUE_OF_ONE(1, 1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return bounded(1, 1, cf);
    }
  },
  BOUNDED_QUEUE(2, 5) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return bounded(2, 5, cf);
    }
  },
  VIRTUAL(0, -1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return (AbstractTaskExecutor) Tandem.newVirtualThreadExecutor(cf);
    }
  },
  LIMITED_VIRTUAL(3, -1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return (AbstractTaskExecutor)
          Tandem.newVirtualThreadExecutor(c -> cf.apply(c).withConcurrency(3));
    }
  },
  BOUNDED_VIRTUAL(2, 1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return (AbstractTaskExecutor)
          Tandem.newVirtualThreadExecutor(
              c -> cf.apply(c).withConcurrency(2).withQueue(1, Saturation.BLOCK));
    }
  },
  ADAPTER(0, -1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return (AbstractTaskExecutor) Tandem.taskExecutor(Executors.newCachedThreadPool(), cf);
    }
  },
  LIMITED_ADAPTER(2, -1) {
    @Override
    AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf) {
      return (AbstractTaskExecutor)
          Tandem.taskExecutor(Executors.newCachedThreadPool(), c -> cf.apply(c).withConcurrency(2));
    }
  };

  /// How many tasks run at the same time, or 0 if there is no limit.
  final int threads;

  /// How many can wait, or -1 if there is no limit.
  final int capacity;

  StressKind(int threads, int capacity) {
    this.threads = threads;
    this.capacity = capacity;
  }

  abstract AbstractTaskExecutor create(UnaryOperator<ThreadConfig> cf);

  /// Plays rounds over this kind of executor. Failures that are never read are part of the game.
  void play(StressRounds.Round round) {
    try (SilencedLog _ = SilencedLog.of(TaskExecutor.class)) {
      StressRounds.play(toString(), values().length, round);
    }
  }

  /// @param listeners are told of every task
  AbstractTaskExecutor create(TaskListener... listeners) {
    return create(cf -> {
      ThreadConfig all = cf.withGrace(Duration.ofSeconds(30)); // nothing here ignores interrupts
      for (TaskListener listener : listeners) {
        all = all.withListener(listener);
      }
      return all;
    });
  }

  private static AbstractTaskExecutor bounded(
      int threads, int capacity, UnaryOperator<ThreadConfig> cf) {
    return (AbstractTaskExecutor)
        Tandem.newThreadPool(threads, c -> cf.apply(c).withQueue(capacity, Saturation.BLOCK));
  }
}
