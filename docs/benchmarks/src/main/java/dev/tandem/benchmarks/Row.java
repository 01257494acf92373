package dev.tandem.benchmarks;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A measured line of the table; its components are the keys of the JSON file.
///
/// @param measure what was measured, with its unit
/// @param ours the median of our forks, or null if none ran
/// @param peer the median of the peer's forks, or null if none ran
/// @param peerName who the peer is
/// @param ratio ours divided by peer
/// @param goal what the ratio should be
/// @param met whether it is
/// @param forks how many forks of ours ran; the peer ran as many, in turn with them
/// @param spread how far the forks lie apart: the range of the ratios of neighbouring forks,
///   divided by the ratio
record Row(
    String measure,
    @Nullable Double ours,
    @Nullable Double peer,
    String peerName,
    @Nullable Double ratio,
    @Nullable String goal,
    @Nullable Boolean met,
    int forks,
    @Nullable Double spread) {

  static Row of(Measure measure, List<Double> ours, List<Double> peer) {
    Double ourMedian = median(ours);
    Double peerMedian = median(peer);
    Goal goal = measure.goal();
    Double ratio = ourMedian == null || peerMedian == null ? null : ourMedian / peerMedian;
    return new Row(
        measure.name(),
        ourMedian,
        peerMedian,
        measure.peerName(),
        ratio,
        goal == null ? null : goal.toString(),
        goal == null || ratio == null ? null : goal.isMetBy(ratio),
        ours.size(),
        ratio == null ? null : ratio == 0 ? 0 : range(ours, peer) / ratio);
  }

  private static @Nullable Double median(List<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    return median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double range(List<Double> ours, List<Double> peer) {
    int pairs = Math.min(ours.size(), peer.size());
    DoubleStream ratios = IntStream.range(0, pairs).mapToDouble(i -> ours.get(i) / peer.get(i));
    var statistics = ratios.summaryStatistics();
    return statistics.getMax() - statistics.getMin();
  }
}
