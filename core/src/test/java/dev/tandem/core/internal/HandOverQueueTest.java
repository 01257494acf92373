package dev.tandem.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Short actions run in order; one that blocks holds up none.
class HandOverQueueTest {
  private final HandOverQueue queue = new HandOverQueue("An action", null);

  @Test
  void shortActionsRunInOrder() throws Exception {
    List<Integer> seen = new CopyOnWriteArrayList<>();
    CountDownLatch all = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    queue.execute(() -> Uninterruptibles.awaitUninterruptibly(go));
    List<Integer> numbers = IntStream.range(0, 1_000).boxed().toList();
    Thread submitter =
        Thread.ofPlatform()
            .start(() -> {
              go.countDown();
              numbers.forEach(n -> queue.execute(() -> seen.add(n)));
              queue.execute(all::countDown);
            });
    assertRuns(all);
    submitter.join();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers); // helpers may have come
  }

  @Test
  void actionsThatBlockHoldUpNoneBehindThem() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch behind = new CountDownLatch(1);
    try {
      for (int i = 0; i < 20; i++) {
        queue.execute(() -> Uninterruptibles.awaitUninterruptibly(release));
      }
      queue.execute(behind::countDown);
      assertRuns(behind);
    } finally {
      release.countDown();
    }
  }

  @Test
  void whatAnActionThrowsAndLeavesConcernsNoOther() throws Exception {
    AtomicBoolean flag = new AtomicBoolean(true);
    CountDownLatch next = new CountDownLatch(1);
    queue.execute(() -> {
      Thread.currentThread().interrupt();
      throw new Unspeakable();
    });
    queue.execute(() -> {
      flag.set(Thread.currentThread().isInterrupted());
      next.countDown();
    });
    assertRuns(next);
    assertThat(flag).isFalse();
  }

  @Test
  void whatCannotBeShownIsNamedByItsType() {
    assertThat(GuardedLog.text(new Unspeakable())).contains("Unspeakable", "cannot be shown");
    assertThat(GuardedLog.text(null)).isEqualTo("null");
    assertThat(GuardedLog.text("text")).isEqualTo("text");
  }

  private static void assertRuns(CountDownLatch action) throws InterruptedException {
    assertThat(action.await(20, TimeUnit.SECONDS)).as("the action has run").isTrue();
  }

  /// An exception of which nothing can be asked.
  private static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("of getMessage, on purpose");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("of toString, on purpose");
    }
  }
}
