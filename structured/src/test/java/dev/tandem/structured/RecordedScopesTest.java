package dev.tandem.structured;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.testing.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What Flight Recorder hears of scopes.
class RecordedScopesTest {
  private final Recorded recorded = new Recorded("Scope");

  @AfterEach
  void close() {
    recorded.close();
  }

  private RecordedEvent only() throws Exception {
    List<RecordedEvent> events = recorded.stop();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static Object waitLong() throws InterruptedException {
    return new CountDownLatch(1).await(60, SECONDS);
  }

  @Test
  void joinedScopeIsRecordedWithItsSubtasksAndTheThreadOfItsOwner() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.fork(() -> 1);
      scope.fork(() -> 2);
      scope.join();
    }

    RecordedEvent event = only();
    assertThat(event.getString("scope")).isEqualTo("order");
    assertThat(event.getInt("subtasks")).isEqualTo(2);
    assertThat(event.getBoolean("failed")).isFalse();
    assertThat(event.getString("cancelled")).isNull();
    assertThat(event.getBoolean("joined")).isTrue();
    assertThat(event.getThread().getJavaThreadId()).isEqualTo(Thread.currentThread().threadId());
    assertThat(event.getDuration()).isPositive();
  }

  @Test
  void failureIsRecordedAndThatTheJoinerHadSeenEnough() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.fork(() -> {
        throw new IllegalStateException("sold out");
      });
      assertThatThrownBy(scope::join).isInstanceOf(ExecutionException.class);
    }

    RecordedEvent event = only();
    assertThat(event.getBoolean("failed")).isTrue();
    assertThat(event.getString("cancelled")).isEqualTo("the joiner had seen enough");
    assertThat(event.getBoolean("joined")).isTrue();
  }

  @Test
  void pathOfAScopeHasTheScopesAndSubtasksAroundIt() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.fork(
          "prices",
          () -> {
            try (var inside = TaskScope.open(cf -> cf.withName("shops"))) {
              inside.fork(() -> 1);
              inside.join();
            }
            return null;
          });
      scope.join();
    }

    assertThat(recorded.stop())
        .extracting(event -> event.getString("scope"))
        .satisfiesExactly(
            outer -> assertThat(outer).isEqualTo("order"),
            inner -> assertThat(inner).startsWith("order").contains("prices").endsWith("shops"));
  }

  @Test
  void timeoutIsRecorded() throws Exception {
    try (var scope =
        TaskScope.open(cf -> cf.withName("order").withTimeout(Duration.ofMillis(20)))) {
      scope.fork(RecordedScopesTest::waitLong);
      assertThatThrownBy(scope::join).isInstanceOf(Exception.class);
    }

    RecordedEvent event = only();
    assertThat(event.getString("cancelled")).isEqualTo("the timeout had passed");
    assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }

  @Test
  void cancelIsRecordedAndThatItWasLeftWithoutAJoin() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.fork(RecordedScopesTest::waitLong);
      scope.cancel();
    }

    RecordedEvent event = only();
    assertThat(event.getString("cancelled")).isEqualTo("cancel() was called");
    assertThat(event.getBoolean("joined")).isFalse();
  }

  @Test
  void scopeThatIsLeftWithoutAJoinWasNotCancelledBefore() throws Exception {
    try (var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.fork(RecordedScopesTest::waitLong);
    }

    RecordedEvent event = only();
    assertThat(event.getString("cancelled")).isNull();
    assertThat(event.getBoolean("joined")).isFalse();
    assertThat(event.getInt("subtasks")).isEqualTo(1);
  }

  @Test
  void cancelOfAScopeAroundItIsRecorded() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (var scope = TaskScope.open(cf -> cf.withName("order"))) {
      scope.fork(() -> {
        try (var inside = TaskScope.open(cf -> cf.withName("shops"))) {
          inside.fork(RecordedScopesTest::waitLong);
          open.countDown();
          while (!inside.isCancelled()) { // the interrupt may come before it
            Thread.onSpinWait();
          }
        }
        return null;
      });
      assertThat(open.await(20, SECONDS)).isTrue();
      scope.cancel();
    }

    assertThat(recorded.stop())
        .extracting(event -> event.getString("cancelled"))
        .containsExactly("cancel() was called", "a scope around it was cancelled");
  }
}
