package dev.tandem.benchmarks.cluster;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;

/// The same as [BusyNodes] on process pools of one and of two workers.
public final class BusyWorkers {
  private BusyWorkers() {}

  public static void main(String[] args) throws Exception {
    var figures = new Figures();
    try (var pool = Tandem.newProcessPool(1)) {
      figures.add("one", Busy.rate(pool));
    }
    try (var pool = Tandem.newProcessPool(2)) {
      figures.add("two", Busy.rate(pool)).add("cpu", Busy.cpu(pool));
    }
    figures.print();
  }
}
