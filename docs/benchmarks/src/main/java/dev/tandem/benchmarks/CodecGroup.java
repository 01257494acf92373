package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.JmhContest.Yield;
import dev.tandem.benchmarks.codec.DoublesCoding;
import dev.tandem.benchmarks.codec.LambdaCoding;
import dev.tandem.benchmarks.codec.RecordsCoding;
import java.util.List;

/// The process pool's codec. The one place where its goals stand.
final class CodecGroup {
  private static final String JDK = "ObjectOutputStream / ObjectInputStream";

  private CodecGroup() {}

  static Group create() {
    return new Group(
        "codec",
        List.of(
            encode(LambdaCoding.class, "lambda with two captured values", 0.1),
            decode(LambdaCoding.class, "lambda with two captured values", 0.02),
            encode(RecordsCoding.class, "list of 10,000 records", 0.25),
            decode(RecordsCoding.class, "list of 10,000 records", 0.2),
            encode(DoublesCoding.class, "1 MiB double[]", 0.4),
            decode(DoublesCoding.class, "1 MiB double[]", 0.8)));
  }

  private static Contest encode(Class<?> type, String what, double goal) {
    return contest(type, "encode", "serialize", "encode a " + what + ": ns", goal);
  }

  private static Contest decode(Class<?> type, String what, double goal) {
    return contest(type, "decode", "deserialize", "decode a " + what + ": ns", goal);
  }

  private static Contest contest(
      Class<?> type, String ours, String peer, String name, double goal) {
    Measure measure = new Measure(name, JDK, atMost(goal));
    return JmhContest.of(type, ours, peer, new Yield(measure, JmhContest::score));
  }
}
