package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.P10SelectLoop.Order;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ChannelProgramsTest {
  private final Channel<Order> orders = Channel.bounded(10);
  private final Channel<Long> ticks = Channel.bounded(10);
  private final Channel<Void> quit = Channel.bounded(1);

  @Test
  void theLoopPrintsWhatComesAndStopsWhenQuitIsClosedWithACause() {
    try (var out = new Printed();
        var pool = Tandem.newVirtualThreadExecutor()) {
      var loop = start(pool);
      assertThat(orders.offer(new Order(1))).isTrue();
      assertThat(ticks.offer(7L)).isTrue();
      await().until(() -> out.lines().size() >= 2);
      quit.closeExceptionally(new IllegalStateException("enough"));
      assertThatThrownBy(loop::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ChannelClosedException.class)
          .hasRootCauseMessage("enough");
      assertThat(out.lines()).contains("Order[id=1]", "7");
    }
  }

  @Test
  void theLoopPrintsIdleAfterASecondAndEndsWhenAllChannelsHave() {
    long start = System.nanoTime();
    try (var out = new Printed();
        var pool = Tandem.newVirtualThreadExecutor()) {
      var loop = start(pool);
      quit.close(); // drops out; the others are still there
      await().until(() -> out.lines().contains("idle"));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
      orders.close();
      ticks.close();
      assertThatThrownBy(loop::get) // the root: nothing else failed
          .hasRootCauseInstanceOf(ChannelClosedException.class);
    }
  }

  @Test
  void urgentJobsComeFirstAndTheLoopEndsAtTheClose() throws Exception {
    try (var out = new Printed()) {
      P11Priority.run();
      // the worker may have taken the first before the second came
      assertThat(out.lines()).containsExactlyInAnyOrder("high", "low");
    }
  }

  private ListenableFuture<?> start(TaskExecutor pool) {
    return pool.submit(() -> P10SelectLoop.loop(orders, ticks, quit));
  }
}
