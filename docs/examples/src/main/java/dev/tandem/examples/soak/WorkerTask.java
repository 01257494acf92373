package dev.tandem.examples.soak;

import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// What a task does in a worker process.
enum WorkerTask {
  RETURN,
  PAUSE,
  THROW,
  BIG,
  PRINT,
  CANNOT_BE_SENT,
  /// Never ends; killed at its timeout.
  LOOP,
  EXIT,
  HALT;

  private static final Duration TIMEOUT = Duration.ofMillis(50);

  static WorkerTask choose(Round round) {
    int dice = round.random().nextInt(1_000);
    if (dice < 10) {
      return round.oneOf(new WorkerTask[] {LOOP, EXIT, HALT});
    } else if (dice < 20) {
      return CANNOT_BE_SENT;
    } else if (dice < 40) {
      return BIG;
    } else if (dice < 60) {
      return PRINT;
    } else if (dice < 120) {
      return THROW;
    }
    return dice < 300 ? PAUSE : RETURN;
  }

  boolean endsItsWorker() {
    return this == EXIT || this == HALT;
  }

  Task<Integer> of(int id, Notes notes) {
    return switch (this) {
      case CANNOT_BE_SENT -> {
        Object notSerializable = new Object();
        yield Task.of("soak " + this, () -> notSerializable.hashCode());
      }
      case LOOP -> Task.of("soak " + this, () -> run(id, this, notes)).withTimeout(TIMEOUT);
      default -> Task.of("soak " + this, () -> run(id, this, notes));
    };
  }

  private static int run(int id, WorkerTask task, Notes notes) throws Exception {
    notes.note(id);
    switch (task) {
      case PAUSE -> TimeUnit.MICROSECONDS.sleep(500);
      case THROW -> throw new SoakFailure();
      case BIG -> big();
      case PRINT -> System.out.println("part of the soak: " + id);
      case LOOP -> loop();
      case EXIT -> System.exit(3);
      case HALT -> Runtime.getRuntime().halt(4);
      default -> {}
    }
    return Account.valueOf(id);
  }

  /// Makes some work for the worker's collector.
  private static void big() {
    byte[] memory = new byte[4 << 20];
    Arrays.fill(memory, (byte) 1);
  }

  @SuppressWarnings("InfiniteLoop") // that is what it is for
  private static void loop() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  /// {@return whether it may fail with this, apart from the death of its worker}
  boolean mayFailWith(Throwable failure) {
    return switch (this) {
      case THROW -> failure instanceof SoakFailure;
      case LOOP -> failure instanceof TaskTimeoutException;
      case CANNOT_BE_SENT -> true;
      default -> false;
    };
  }
}
