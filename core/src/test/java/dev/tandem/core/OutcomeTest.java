package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.SettableFuture;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private final IOException exception = new IOException("no route");

  @Test
  void aReturnedValueIsASuccess() {
    assertThat(Outcome.of(Futures.immediateFuture("x"))).isEqualTo(new Success<>("x"));
  }

  @Test
  void nullIsAValue() {
    Outcome<String> outcome = Outcome.of(Futures.immediateFuture(null));
    assertThat(outcome).isEqualTo(new Success<String>(null));
    assertThat(outcome.orElseThrow()).isNull();
    assertThat(outcome.orElse("other")).isNull();
  }

  @Test
  void aFailureHoldsWhatTheBodyThrewAndNotItsWrapper() {
    Future<String> guava = Futures.immediateFailedFuture(exception);
    Future<String> jdk = CompletableFuture.failedFuture(exception);
    assertThat(Outcome.of(guava)).isEqualTo(new Failure<>(exception));
    assertThat(Outcome.of(jdk)).isEqualTo(new Failure<>(exception));
  }

  @Test
  void aCancelledFutureIsCancelledWhateverItsKind() {
    CompletableFuture<String> jdk = new CompletableFuture<>();
    jdk.cancel(true);
    FutureTask<String> task = new FutureTask<>(() -> "x");
    task.cancel(true);
    assertThat(Outcome.of(jdk)).isEqualTo(new Cancelled<>());
    assertThat(Outcome.of(task)).isEqualTo(new Cancelled<>());
    assertThat(Outcome.of(Futures.immediateCancelledFuture())).isEqualTo(new Cancelled<>());
  }

  @Test
  void aFutureThatIsNotDoneIsRefusedWithoutWaiting() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Outcome.of(SettableFuture.create()))
        .withMessageStartingWith("done: expected a completed future, got ");
    assertThatNullPointerException()
        .isThrownBy(() -> Outcome.of(null))
        .withMessageContaining("done");
  }

  @Test
  void anInterruptedReaderGetsTheOutcomeAndKeepsItsFlag() {
    SettableFuture<String> done = SettableFuture.create();
    done.set("x");
    Thread.currentThread().interrupt();
    Outcome<String> outcome = Outcome.of(done); // Guava's get looks at the flag first
    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isEqualTo(new Success<>("x"));
  }

  @Test
  void orElseThrowGivesTheValueOrSaysWhyThereIsNone() {
    assertThat(new Success<>(1).orElseThrow()).isEqualTo(1);
    assertThatThrownBy(new Failure<>(exception)::orElseThrow)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(exception);
    assertThatThrownBy(new Cancelled<>()::orElseThrow)
        .isInstanceOf(CancellationException.class)
        .hasMessage("the task was cancelled");
  }

  @Test
  void orElseReplacesAFailureAndACancellation() {
    assertThat(new Success<>(1).orElse(2)).isEqualTo(1);
    assertThat(new Failure<Integer>(exception).orElse(2)).isEqualTo(2);
    assertThat(new Cancelled<Integer>().orElse(2)).isEqualTo(2);
  }

  @Test
  void theSameFailureCanBeThrownTwiceAndStaysUntouched() {
    Failure<String> failure = new Failure<>(exception);
    assertThatThrownBy(failure::orElseThrow).cause().isSameAs(exception);
    assertThatThrownBy(failure::orElseThrow).cause().isSameAs(exception);
    assertThat(exception).hasNoSuppressedExceptions();
  }

  @Test
  void aSwitchNeedsNoDefault() {
    assertThat(describe(new Success<>("page"))).isEqualTo("page");
    assertThat(describe(new Failure<>(exception))).isEqualTo("no route");
    assertThat(describe(new Cancelled<>())).isEqualTo("cancelled");
  }

  private static String describe(Outcome<String> outcome) {
    return switch (outcome) {
      case Success<String>(var value) -> value;
      case Failure<String>(var e) -> e.getMessage();
      case Cancelled<String>() -> "cancelled";
    };
  }

  @Test
  void aFailureNeedsAnException() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Failure<>(null))
        .withMessageContaining("exception");
  }

  @Test
  void settledNeedsAnInputAndAnOutcome() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Settled<>(null, new Success<>(1)))
        .withMessageContaining("input");
    assertThatNullPointerException()
        .isThrownBy(() -> new Settled<>("input", null))
        .withMessageContaining("outcome");
    Settled<String, Integer> settled = new Settled<>("four", new Success<>(4));
    assertThat(settled.input()).isEqualTo("four");
    assertThat(settled.outcome().orElseThrow()).isEqualTo(4);
  }
}
