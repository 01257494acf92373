package dev.tandem.examples.soak;

import dev.tandem.core.Outcome;
import dev.tandem.pools.ProcessPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tasks of all kinds in the worker processes of the house, while the [Killer] is at work.
final class ProcessLoad implements Load {
  private record Submission(int id, WorkerTask task, Future<Integer> future, boolean cancelled) {}

  private final House house;
  private final Path notes;

  /// @param notes where tasks note that they ran
  ProcessLoad(House house, Path notes) {
    this.house = house;
    this.notes = notes;
  }

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public void play(Round round) throws Exception {
    if (round.oneIn(4)) {
      WorkerMap.play(round, house.processes(), house.deaths());
      return;
    }
    try (var noted = Notes.create(notes)) {
      List<Submission> submissions = submit(round, house.processes(), noted);
      for (Submission each : submissions) {
        settle(round.account(), each);
      }
      noted.check(round.account());
    }
  }

  private List<Submission> submit(Round round, ProcessPool pool, Notes noted)
      throws InterruptedException {
    List<Submission> submissions = new ArrayList<>();
    for (int i = round.between(1, 80); i > 0; i--) {
      round.step();
      int id = round.account().enter();
      WorkerTask task = WorkerTask.choose(round);
      if (task.endsItsWorker()) {
        house.deaths().cause(1);
      }
      Future<Integer> future = pool.submit(task.of(id, noted));
      boolean cancel = round.oneIn(60);
      if (cancel) {
        round.step();
        future.cancel(round.oneIn(2));
      }
      submissions.add(new Submission(id, task, future, cancel));
    }
    return submissions;
  }

  private void settle(Account account, Submission each) throws InterruptedException, IOException {
    try {
      each.future().get(1, TimeUnit.HOURS); // the watchdog waits less
    } catch (TimeoutException e) {
      account.problem("never done: " + each);
      return;
    } catch (Exception e) {
      if (e instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      // looked at now
    }
    account.settle(
        each.id(),
        Outcome.of(each.future()),
        failure -> house.deaths().saw(failure) || each.task().mayFailWith(failure),
        each.cancelled());
  }
}
