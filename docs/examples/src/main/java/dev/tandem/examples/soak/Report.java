package dev.tandem.examples.soak;

import java.util.List;

/// How a soak ended.
///
/// @param seed what it began with
/// @param rounds how many rounds were played
/// @param ledger the sums, as text
/// @param census what the process held at the end
/// @param problems what was wrong; empty if all was right
record Report(long seed, long rounds, String ledger, Census census, List<String> problems) {
  boolean isRight() {
    return problems.isEmpty();
  }

  @Override
  public String toString() {
    if (isRight()) {
      return "All right: %,d rounds, %s; at the end %s".formatted(rounds, ledger, census);
    }
    return "WRONG after %,d rounds from -Dsoak.seed=%d, %s; at the end %s%n%s"
        .formatted(rounds, seed, ledger, census, String.join(System.lineSeparator(), problems));
  }
}
