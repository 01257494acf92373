package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;

/// A producer in one process, consumers in two, and their results here: channels between them.
///
/// There is no end marker: the producer closes the first channel as it ends, so the loops of the
/// consumers end, and the last of them closes the second.
final class ProcessPipeline {
  private static final int CONSUMERS = 2;

  private ProcessPipeline() {}

  /// A part of a reading, and what was made of it.
  record Part(int number, long value) {}

  /// A reading that takes a while to compute.
  private static long read(int number) {
    return SumOfSquares.sum(5_000L + number);
  }

  /// What a consumer makes of it.
  private static long refine(long value) {
    return value % 1_000 + SumOfSquares.sum(10_000);
  }

  static List<Part> sequential(int count) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new Part(i, refine(read(i))));
    }
    return parts;
  }

  static List<Part> processes(int count) throws Exception {
    try (var pool = Tandem.newProcessPool(1 + CONSUMERS);
        var left = pool.newLong(CONSUMERS)) {
      Channel<Part> raw = pool.newChannel(1_000);
      Channel<Part> refined = pool.newChannel(1_000);
      var tasks = new ArrayList<Future<?>>();
      tasks.add(
          pool.submit(() -> {
            raw.producer(
                    out -> {
                      for (int i = 0; i < count; i++) {
                        out.put(new Part(i, read(i)));
                      }
                    })
                .call(); // closes, also if it fails
          }));
      for (int i = 0; i < CONSUMERS; i++) {
        tasks.add(
            pool.submit(() -> {
              for (Part part : raw) {
                refined.put(new Part(part.number(), refine(part.value())));
              }
              if (left.getAndAdd(-1) == 1) {
                refined.close();
              }
            }));
      }
      List<Part> parts = new ArrayList<>();
      for (Part part : refined) {
        parts.add(part);
      }
      for (var task : tasks) {
        task.get();
      }
      parts.sort(Comparator.comparingInt(Part::number));
      return parts;
    }
  }

  static void main() throws Exception {
    Timed.print("sequential", () -> sequential(10_000).size() + " parts");
    Timed.print("processes", () -> processes(10_000).size() + " parts");
  }
}
