package dev.tandem.benchmarks;

import dev.tandem.benchmarks.Contest.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The contests that belong together and are written to one file.
///
/// @param name what `run` is given
/// @param contests in the order in which they run
record Group(String name, List<Contest> contests) {
  /// What a group yields.
  ///
  /// @param rows a line for each measure, also where nothing ran
  /// @param failed what should have run and did not
  record Report(List<Row> rows, List<String> failed) {}

  Report run(Plan plan) {
    List<Row> rows = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Contest contest : contests) {
      if (!run(contest, plan, rows)) {
        failed.add(contest.measures().getFirst().name());
      }
    }
    return new Report(rows, failed);
  }

  private static boolean run(Contest contest, Plan plan, List<Row> rows) {
    List<double[]> ours = new ArrayList<>();
    List<double[]> peer = new ArrayList<>();
    boolean ran = true;
    try {
      for (int fork = 0; fork < plan.forks(); fork++) {
        // who goes first alternates too: the second finds a warmer machine
        for (Side side :
            fork % 2 == 0 ? List.of(Side.OURS, Side.PEER) : List.of(Side.PEER, Side.OURS)) {
          progress(contest, fork, side, plan);
          Optional<double[]> values = contest.fork(side, plan);
          values.ifPresent((side == Side.OURS ? ours : peer)::add);
        }
      }
    } catch (Exception e) {
      ran = false;
      System.err.println("DID NOT RUN: " + contest.measures().getFirst().name());
      e.printStackTrace();
    }
    List<Measure> measures = contest.measures();
    for (int i = 0; i < measures.size(); i++) {
      rows.add(Row.of(measures.get(i), column(ours, i), column(peer, i)));
    }
    return ran;
  }

  private static List<Double> column(List<double[]> forks, int index) {
    return forks.stream().map(values -> values[index]).toList();
  }

  private static void progress(Contest contest, int fork, Side side, Plan plan) {
    Measure first = contest.measures().getFirst();
    System.err.printf(
        "fork %d of %d: %s: %s%n",
        fork + 1, plan.forks(), first.name(), side == Side.OURS ? "Tandem" : first.peerName());
  }
}
