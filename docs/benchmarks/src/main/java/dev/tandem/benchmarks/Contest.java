package dev.tandem.benchmarks;

import java.util.List;
import java.util.Optional;

/// Something that ours and a peer both do, each in processes of its own.
interface Contest {
  /// {@return what one fork yields, in the order of its values}
  List<Measure> measures();

  /// Runs one side once, in new processes.
  ///
  /// @param side which
  /// @param plan how thoroughly
  /// @return one value per measure; empty if this machine lacks what the peer needs
  /// @throws Exception if it should have run and did not
  Optional<double[]> fork(Side side, Plan plan) throws Exception;

  /// Which of the two.
  enum Side {
    OURS,
    PEER
  }
}
