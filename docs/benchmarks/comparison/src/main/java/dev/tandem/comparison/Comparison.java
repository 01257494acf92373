package dev.tandem.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// Prints a line for each situation and library that runs on threads.
public final class Comparison {
  private static final long PATIENCE_MILLIS = 10_000;

  private Comparison() {}

  public static void main(String[] args) throws InterruptedException {
    for (Library library : List.of(new TandemLibrary(), new JdkLibrary(), new JoxLibrary())) {
      for (var situation : situations(new Situations(library)).entrySet()) {
        System.out.println(
            library.name() + " | " + situation.getKey() + " | " + observe(situation.getValue()));
      }
    }
    System.exit(0); // what hangs is still there
  }

  private static Map<String, Callable<String>> situations(Situations on) {
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    all.put("any, both throw an error", on::bothBranchesThrowErrors);
    all.put("stack overflow under a timeout of 300 ms", on::stackOverflowUnderTimeout);
    all.put("stubborn loser", on::stubbornLoser);
    all.put("failures after the first", on::failuresAfterTheFirst);
    all.put("limit of 8", on::limit);
    all.put("limit of 8, early failure", on::limitAndEarlyFailure);
    all.put("failure and interrupt", on::failureAndInterrupt);
    all.put("left without join", on::leftWithoutJoin);
    all.put("left by an exception", on::leftByException);
    all.put("fork in a fork", on::forkInFork);
    all.put("fork while being cancelled", on::forkWhileCancelled);
    all.put("no thread", on::threadThatCannotStart);
    all.put("callback throws", on::callbackThrows);
    all.put("closed twice", on::closedTwice);
    all.put("closed by another thread", on::closedByStranger);
    all.put("closed out of order", on::closedOutOfOrder);
    all.put("complete, joined late", on::completeButJoinedLate);
    return all;
  }

  private static String observe(Callable<String> situation) throws InterruptedException {
    String[] seen = {"NOT OVER after " + PATIENCE_MILLIS / 1000 + " s"};
    Thread owner =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                seen[0] = situation.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    owner.join(PATIENCE_MILLIS);
    return seen[0];
  }
}
