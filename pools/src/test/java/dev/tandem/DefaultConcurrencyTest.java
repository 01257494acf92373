package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// How many inputs of a `map` are worked on at once when nothing is said: the size of the executor,
/// or 256.
class DefaultConcurrencyTest {
  @Test
  void onAThreadPoolItIsTheNumberOfThreads() throws Exception {
    try (TaskExecutor executor = Tandem.newThreadPool(3)) {
      mapsAtOnce(executor, 3);
    }
  }

  @Test
  void onALimitedVirtualThreadExecutorItIsTheLimit() throws Exception {
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor(5)) {
      mapsAtOnce(executor, 5);
    }
  }

  @Test
  void onUnlimitedVirtualThreadsItIs256() throws Exception {
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor()) {
      mapsAtOnce(executor, 256);
    }
  }

  private static void mapsAtOnce(TaskExecutor executor, int expected) throws Exception {
    CountedInput input = CountedInput.of(1_000);
    HeldTask held = new HeldTask();
    AtomicInteger running = new AtomicInteger();
    Caller<List<String>> consumer =
        Caller.start(() ->
            executor
                .map(
                    input,
                    _ -> {
                      running.incrementAndGet();
                      try {
                        return held.call();
                      } finally {
                        running.decrementAndGet();
                      }
                    })
                .toList());
    await().until(() -> running.get() == expected && input.pulled() == expected + 256);
    consumer.awaitBlocked();
    assertThat(running).hasValue(expected);
    assertThat(input.pulled()).isEqualTo(expected + 256);
    held.release();
    assertThat(consumer.result()).hasSize(1_000);
  }
}
