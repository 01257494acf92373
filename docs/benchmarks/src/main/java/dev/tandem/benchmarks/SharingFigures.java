package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.CostTable.each;
import static dev.tandem.benchmarks.CostTable.line;

import dev.tandem.benchmarks.CostTable.Line;
import java.util.List;

/// The figures of the guide's page on sharing between processes.
final class SharingFigures {
  static final CostTable TABLE =
      new CostTable(
          "sharing",
          List.of(
              each("each of many messages of 64 bytes, to a worker", SharingGroup.TO_WORKER),
              each("the same from a worker", SharingGroup.TO_PARENT),
              each("the same from one worker to another", SharingGroup.BETWEEN),
              each("each of many records of four fields, to a worker", SharingGroup.ORDERS),
              line(
                  "a message there and one back, while both sides do nothing else",
                  SharingGroup.BUSY,
                  "µs"),
              line("the same where each has to be woken", SharingGroup.PARKED, "µs"),
              line(
                  "a segment of 64 MiB, from `submit` until its first byte is back",
                  SharingGroup.SEGMENT,
                  "ms"),
              new Line(
                  "the same 64 MiB as an argument",
                  SharingGroup.SEGMENT,
                  row -> row.peerName().equals(SharingGroup.ARGUMENT) ? row.peer() : null,
                  argument -> argument,
                  "ms"),
              nanoseconds("an addition to a counter, one process counts", SharingGroup.ONE),
              nanoseconds("the same, two processes count at once", SharingGroup.BOTH),
              line("a call of a remote object", SharingGroup.CALL, "µs")));

  private SharingFigures() {}

  private static Line nanoseconds(String text, String measure) {
    return new Line(text, measure, Row::ours, rate -> 1e9 / rate, "ns");
  }
}
