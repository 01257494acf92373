package dev.tandem.pools.internal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A moment of what the profile `fuzz` does for as long as one likes: real messages, what the
/// fuzzer has kept as it reached more code, and both changed at random. What they must hold is in
/// [FuzzTarget]'s methods.
class FuzzTest {
  private static final long SEED = Long.getLong("tandem.fuzz.seed", 25);
  private static final int ROUNDS = Integer.getInteger("tandem.fuzz.rounds", 4_000);

  @ParameterizedTest
  @EnumSource
  void whateverArrivesBreaksNoContract(FuzzTarget target) throws Exception {
    List<byte[]> messages = new ArrayList<>(target.seeds());
    messages.addAll(target.kept());
    for (byte[] message : messages) {
      call(target, message, "a message that is kept");
    }
    FuzzMutations changed = new FuzzMutations(messages, new Random(SEED));
    for (int round = 0; round < ROUNDS; round++) {
      call(target, changed.next(), "-Dtandem.fuzz.seed=" + SEED + ", round " + round);
    }
  }

  private static void call(FuzzTarget target, byte[] message, String which) {
    try {
      target.call(message);
    } catch (Throwable e) {
      throw new AssertionError(
          "%s, %s: %s".formatted(target, which, Base64.getEncoder().encodeToString(message)), e);
    }
  }
}
