package dev.tandem.examples.soak;

import dev.tandem.core.Settled;
import dev.tandem.core.TaskExecutor;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The three ways to give an executor many inputs, on threads.
final class MapWork {
  private MapWork() {}

  /// Plays one of them; returns when nothing of it is on its way.
  static void play(Round round, TaskExecutor executor)
      throws InterruptedException, ExecutionException {
    Account account = round.account();
    List<Integer> ids =
        IntStream.range(0, round.between(1, 40)).mapToObj(_ -> account.enter()).toList();
    try {
      switch (round.random().nextInt(3)) {
        case 0 -> settled(round, executor, ids);
        case 1 -> firstResults(round, executor, ids);
        default -> forEach(account, executor, ids);
      }
    } catch (RejectedExecutionException _) {
      // of a full queue: what follows counts as refused
    }
    ids.forEach(id -> account.settleIfOpen(id, Fate.REFUSED));
  }

  private static void settled(Round round, TaskExecutor executor, List<Integer> ids) {
    Account account = round.account();
    int failing = round.between(3, 20);
    boolean unordered = round.oneIn(2);
    try (Stream<Settled<Integer, Integer>> all =
        executor.mapSettled(
            ids,
            id -> {
              account.ran(id);
              if (id % failing == 0) {
                throw new SoakFailure();
              }
              return Account.valueOf(id);
            },
            cf -> unordered ? cf.withBuffer(1).unordered() : cf.withBuffer(1))) {
      all.forEach(each ->
          account.settle(
              each.input(),
              each.outcome(),
              failure -> failure instanceof SoakFailure && each.input() % failing == 0,
              false));
    }
    missing(account, ids);
  }

  /// Takes some results, and leaves the rest.
  private static void firstResults(Round round, TaskExecutor executor, List<Integer> ids) {
    Account account = round.account();
    int taken = 0;
    try (Stream<Integer> results =
        executor.map(
            ids,
            id -> {
              account.ran(id);
              return id;
            })) {
      for (int id : (Iterable<Integer>) results.limit(round.between(1, ids.size()))::iterator) {
        if (id != ids.get(taken++)) {
          account.problem("out of order: " + id);
        }
        account.settle(id, Fate.RESULT);
      }
    } catch (CompletionException e) {
      account.problem("map failed, and should not: " + Problems.text(e));
    }
    ids.forEach(id -> account.settleIfOpen(id, Fate.CANCELLED));
  }

  private static void forEach(Account account, TaskExecutor executor, List<Integer> ids)
      throws InterruptedException, ExecutionException {
    executor.forEach(
        ids,
        id -> {
          account.ran(id);
          account.settle(id, Fate.RESULT);
        });
    missing(account, ids);
  }

  /// The call has returned without an exception: it has to have done all.
  private static void missing(Account account, List<Integer> ids) {
    for (int id : ids) {
      if (account.isOpen(id)) {
        account.problem("a map left out " + id);
      }
    }
  }
}
