package dev.tandem.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.Outcome;
import dev.tandem.pools.WorkerCrashedException;
import org.junit.jupiter.api.Test;

/// The ledger notices each thing that can be wrong.
class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final Account account = ledger.open("round", 10);

  @Test
  void isRightWhenAllCameOutOnce() {
    for (Fate fate : Fate.values()) {
      account.settle(account.enter(), fate);
    }
    int task = account.enter();
    account.settle(task, new Outcome.Success<>(Account.valueOf(task)), _ -> false, false);
    account.close();
    ledger.checkBalance();

    assertThat(ledger.problems()).isEmpty();
    assertThat(ledger.in()).isEqualTo(5);
  }

  @Test
  void noticesALoss() {
    account.enter();
    account.close();
    ledger.checkBalance();

    assertThat(ledger.problems())
        .satisfiesExactly(
            p -> assertThat(p).isEqualTo("round: never came out: 0"),
            p -> assertThat(p).startsWith("out of balance"));
  }

  @Test
  void noticesADouble() {
    int id = account.enter();
    account.settle(id, Fate.RESULT);
    account.settle(id, Fate.CANCELLED);

    assertProblem("came out twice: 0, RESULT and CANCELLED");
  }

  @Test
  void noticesWhatNeverWentIn() {
    account.settle(3, Fate.RESULT);

    assertProblem("never went in: 3, RESULT");
  }

  @Test
  void noticesAWrongValue() {
    int id = account.enter();
    account.settle(id, new Outcome.Success<>(0), _ -> false, false);

    assertProblem("wrong value: 0 gave 0");
  }

  @Test
  void noticesATaskThatRanTwice() {
    int id = account.enter();
    account.ran(id);
    account.ran(id);

    assertProblem("ran twice: 0");
  }

  @Test
  void noticesAFailureThatShouldNotBe() {
    account.settle(account.enter(), new Outcome.Failure<>(new SoakFailure()), _ -> false, false);

    assertThat(ledger.problems())
        .singleElement()
        .asString()
        .contains("failed, and should not: 0")
        .contains("SoakFailure");
  }

  @Test
  void noticesACancellationByNobody() {
    account.settle(account.enter(), new Outcome.Cancelled<>(), _ -> true, false);

    assertProblem("cancelled, but by nobody: 0");
  }

  @Test
  void noticesThatADeathCostTwoTasks() {
    Deaths deaths = new Deaths(ledger);
    deaths.cause(5);
    assertThat(deaths.saw(crash(17))).isTrue();
    assertThat(deaths.saw(new SoakFailure())).isFalse();
    assertThat(deaths.saw(crash(18))).isTrue();
    deaths.check();
    deaths.saw(crash(17)); // another process by now
    assertThat(ledger.problems()).isEmpty();
    deaths.saw(crash(17));

    assertThat(ledger.problems())
        .containsExactly("a death that cost more than one task: crash of 17");
  }

  @Test
  void noticesACrashThatNobodyCaused() {
    Deaths deaths = new Deaths(ledger);
    deaths.saw(crash(17));
    deaths.check();

    assertThat(ledger.problems()).containsExactly("0 deaths of workers cost 1 tasks");
  }

  private static WorkerCrashedException crash(int pid) {
    return new WorkerCrashedException(
        WorkerCrashedException.Kind.KILLED, pid, 137, "crash of " + pid);
  }

  private void assertProblem(String what) {
    assertThat(ledger.problems()).containsExactly("round: " + what);
  }
}
