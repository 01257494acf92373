package dev.tandem.structured;

import dev.tandem.structured.StressBody.StressFailure;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.Random;

/// The joiners of a stress round: the library's, one that only counts, and two whose callbacks
/// throw.
enum StressJoiner {
  AWAIT,
  ALL,
  ANY,
  SETTLED,
  UNTIL,
  COUNTING,
  THROWS_ON_FORK,
  THROWS_ON_COMPLETE;

  static StressJoiner any(Random random) {
    return values()[random.nextInt(random.nextInt(3) == 0 ? values().length : COUNTING.ordinal())];
  }

  /// Whether every failure must be in the exception of `join`.
  boolean keepsFailures() {
    return ordinal() <= ANY.ordinal();
  }

  boolean wantsAll() {
    return this == AWAIT || this == ALL;
  }

  boolean mayThrow() {
    return this == THROWS_ON_FORK || this == THROWS_ON_COMPLETE;
  }

  @SuppressWarnings("unchecked") // every result is an object, and every X an exception
  Joiner<Object, Object, Exception> make() {
    return (Joiner<Object, Object, Exception>)
        (Joiner<?, ?, ?>)
            switch (this) {
              case AWAIT -> Joiner.awaitAllSuccessfulOrThrow();
              case ALL -> Joiner.allSuccessfulOrThrow();
              case ANY -> Joiner.anySuccessfulOrThrow();
              case SETTLED -> Joiner.allSettled();
              case UNTIL -> Joiner.allUntil(s -> s.state() == Subtask.State.FAILED);
              default -> new Counting(this);
            };
  }

  private static final class Counting implements Joiner<Object, Object, Exception> {
    private final StressJoiner kind;
    private int forked;
    private int completed;

    Counting(StressJoiner kind) {
      this.kind = kind;
    }

    @Override
    public synchronized boolean onFork(Subtask<Object> s) {
      if (++forked == 3 && kind == THROWS_ON_FORK) {
        throw new StressFailure(this);
      }
      return false;
    }

    @Override
    public synchronized boolean onComplete(Subtask<Object> s) {
      if (++completed == 2 && kind == THROWS_ON_COMPLETE) {
        throw new StressFailure(this);
      }
      return false;
    }

    @Override
    public synchronized Object result() {
      return completed;
    }

    @Override
    public synchronized Object timeout() {
      return completed;
    }
  }
}
