package dev.tandem.pools.internal.process.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.internal.wire.Pages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A job that kills the workers it is sent to, before they can say that it has started, is not sent
/// for ever; one whose workers are killed from outside is sent again.
class SuspicionTest {
  private static final int FIRST_SLOT = 4096;

  private static WorkerCrashedException death(Kind kind) {
    return new WorkerCrashedException(kind, 17, 3, "worker 5 ended");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"EXITED", "OUT_OF_MEMORY", "NATIVE_CRASH", "LOST"})
  void thirdDeathByItselfIsTheLast(Kind kind) {
    Suspicion suspicion = new Suspicion();

    assertThat(suspicion.add(death(kind), "poison")).isNull();
    assertThat(suspicion.add(death(kind), "poison")).isNull();
    WorkerCrashedException verdict = suspicion.add(death(kind), "poison");

    assertThat(verdict).isNotNull().hasMessageContainingAll("3 workers", "poison", "worker 5");
    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict).hasCauseInstanceOf(WorkerCrashedException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"KILLED", "UNRESPONSIVE"})
  void deathsFromOutsideCountATenth(Kind kind) {
    Suspicion suspicion = new Suspicion();
    for (int i = 1; i < 30; i++) {
      assertThat(suspicion.add(death(kind), null)).as("death %d", i).isNull();
    }
    assertThat(suspicion.add(death(kind), null)).isNotNull();
  }

  @Test
  void jobThatWaitsIsRefusedAndOneThatWasSentIsNot() {
    Victim victim = new Victim();
    Job job = victim.job;
    Workplace worker = new Workplace();
    for (int number = 1; number <= 2; number++) {
      send(job, worker, number);
      withdraw(job, worker, number);
      job.suspect(death(Kind.EXITED));
    }
    send(job, worker, 3);
    withdraw(job, worker, 3);
    send(job, worker, 4); // before its third death is examined
    job.suspect(death(Kind.EXITED));
    assertThat(victim.refusals).isEmpty();

    withdraw(job, worker, 4);
    job.suspect(death(Kind.EXITED));

    assertThat(victim.refusals).singleElement().isInstanceOf(WorkerCrashedException.class);
    assertThat(job.isSettled()).isTrue();
    assertThat(victim.gone).isOne();
  }

  @Test
  void cancelOfAJobWhosePageIsGarbageReturns() {
    for (long garbage : new long[] {0, -1, 7}) {
      Job job = new Victim().job;
      ByteBuffer memory = ByteBuffer.allocateDirect(1 << 17).alignedSlice(8);
      Workplace worker = new Workplace(Pages.over(memory));
      send(job, worker, 1);
      memory.putLong(FIRST_SLOT + 8, garbage);

      assertThat(job.cancel(true)).isEqualTo(Job.CancelOutcome.STOPPED);
      assertThat(job.cancelUnlessRunning()).isFalse();
    }
  }

  @Test
  void cancelOfAJobThatThePageWronglyCallsWithdrawnReturns() {
    Victim victim = new Victim();
    Job job = victim.job;
    Workplace worker = new Workplace();
    send(job, worker, 1);
    assertThat(worker.page().withdraw(1)).isTrue(); // and no thread ever moves the job

    assertThat(job.cancelUnlessRunning()).isFalse();
    assertThat(job.cancel(false)).isEqualTo(Job.CancelOutcome.STOPPED);
    assertThat(job.waitAgain()).isFalse(); // the withdrawing thread comes after all
    assertThat(victim.gone).isOne();
  }

  private static void send(Job job, Workplace worker, int number) {
    worker.page().queue(number);
    assertThat(job.send(new Job.Seat(worker, number))).isTrue();
  }

  private static void withdraw(Job job, Workplace worker, int number) {
    assertThat(worker.page().withdraw(number)).isTrue();
    assertThat(job.waitAgain()).isTrue();
  }

  private static final class Victim implements JobClient {
    private final Job job = Job.ofTask(this, null);
    private final List<Throwable> refusals = new ArrayList<>();
    private int gone;

    @Override
    public void answered(int kind, @Nullable Object answer) {}

    @Override
    public void crashed(Throwable failure, int itemsBegun) {}

    @Override
    public void refused(Throwable reason) {
      refusals.add(reason);
    }

    @Override
    public void abandoned() {}

    @Override
    public void gone(Job settled) {
      gone++;
    }
  }
}
