package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// `all`, `any` and `settle`.
class ParallelTest {
  private final IllegalArgumentException failure = new IllegalArgumentException("a task's own");

  private String fail() {
    throw failure;
  }

  private interface Form {
    Object run(Collection<Callable<String>> tasks) throws Exception;
  }

  private static final List<Form> FORMS = List.of(Parallel::all, Parallel::any, Parallel::settle);

  @Test
  void allGivesTheResultsInTheOrderOfTheTasks() throws Exception {
    HeldBody first = new HeldBody();
    Callable<String> second =
        () -> {
          first.release();
          return "second";
        };
    assertThat(Parallel.all(first, second)).containsExactly(HeldBody.RESULT, "second");
    assertThat(Parallel.all(List.of(first, second))).containsExactly(HeldBody.RESULT, "second");
    assertThat(Parallel.<String>all(() -> null)).containsExactly((String) null);
  }

  @Test
  void allOfNothingIsNothing() throws Exception {
    assertThat(Parallel.<String>all()).isEmpty();
    assertThat(Parallel.<String>all(List.of())).isEmpty();
  }

  @Test
  void allFailsWithTheFirstFailureAndStopsTheOthers() throws Exception {
    HeldBody other = new HeldBody();
    Throwable thrown =
        catchThrowable(() ->
            Parallel.all(
                other,
                () -> {
                  other.awaitStarted();
                  return fail();
                }));
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
    assertThat(other.interrupts()).isEqualTo(1);
    assertThat(other.thread().isAlive()).isFalse();
  }

  @Test
  void anyGivesTheFirstSuccessAndStopsTheOthers() throws Exception {
    HeldBody other = new HeldBody();
    Callable<String> winner =
        () -> {
          other.awaitStarted();
          return "winner";
        };
    assertThat(Parallel.any(other, this::fail, winner)).isEqualTo("winner");
    assertThat(other.interrupts()).isEqualTo(1);
    assertThat(other.thread().isAlive()).isFalse();
    assertThat(Parallel.any(List.of(winner))).isEqualTo("winner");
  }

  @Test
  void anyTakesNullForASuccessAndFailsWhenAllDo() throws Exception {
    assertThat(Parallel.<String>any(() -> null)).isNull();
    Throwable thrown = catchThrowable(() -> Parallel.any(this::fail, this::fail));
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
    assertThat(thrown.getSuppressed()).isEmpty();
  }

  @Test
  void anyNeedsATask() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parallel.any(List.<Callable<String>>of()))
        .withMessage("tasks: none (expected: at least one)");
    assertThatIllegalArgumentException().isThrownBy(() -> Parallel.<String>any());
  }

  @Test
  void settleTellsWhatBecameOfEach() throws Exception {
    assertThat(Parallel.settle(() -> "one", this::fail, () -> null))
        .containsExactly(
            new Outcome.Success<>("one"),
            new Outcome.Failure<>(failure),
            new Outcome.Success<>(null));
    assertThat(Parallel.<String>settle()).isEmpty();
    assertThat(Parallel.settle(List.of(() -> "one"))).containsExactly(new Outcome.Success<>("one"));
  }

  @Test
  void nullTaskStartsNothing() {
    HeldBody never = new HeldBody();
    for (Form form : FORMS) {
      assertThatNullPointerException()
          .isThrownBy(() -> form.run(Arrays.asList(never, null)))
          .withMessage("tasks: null among them (expected: no null)");
    }
    assertThat(never.hasStarted()).isFalse();
  }

  @Test
  @SuppressWarnings("unchecked")
  void nullCollectionOrArrayIsNamed() {
    for (Form form : FORMS) {
      assertThatNullPointerException()
          .isThrownBy(() -> form.run(null))
          .withMessageContaining("tasks");
    }
    Callable<String>[] none = null;
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.all(none))
        .withMessageContaining("tasks");
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.any(none))
        .withMessageContaining("tasks");
    assertThatNullPointerException()
        .isThrownBy(() -> Parallel.settle(none))
        .withMessageContaining("tasks");
  }

  @Test
  void interruptStopsTheTasksAndArrivesAfterTheyHaveEnded() throws Exception {
    for (Form form : FORMS) {
      HeldBody body = new HeldBody();
      Thread caller = Thread.currentThread();
      Thread third = body.whenRunningAndBlocked(caller::interrupt);
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> form.run(List.of(body)));
      third.join();
      assertThat(body.interrupts()).isEqualTo(1);
      assertThat(body.thread().isAlive()).isFalse();
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void callerThatIsInterruptedBeforeGetsItToo() {
    for (Form form : FORMS) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> form.run(List.of(() -> "quick")));
      assertThat(Thread.interrupted()).isFalse();
    }
  }
}
