package dev.tandem.examples.soak;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/// One round of a load: what it decides with and where it keeps its account.
///
/// @param random makes the choices, from a seed of the round's own
/// @param account what goes in and comes out
/// @param slow whether to go step by step with pauses, so that nothing comes by that would make
///   good for a lost wake-up
record Round(Random random, Account account, boolean slow) {
  /// {@return the same round for one of its actors, who decides for himself}
  Round actor() {
    return new Round(new Random(random.nextLong()), account, slow);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /// {@return one of them}
  <T> T oneOf(T[] all) {
    return all[random.nextInt(all.length)];
  }

  /// {@return a number from `least` to `most`}
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /// Pauses between two steps, if this is a slow round.
  void step() throws InterruptedException {
    if (slow) {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(1_000));
    }
  }
}
