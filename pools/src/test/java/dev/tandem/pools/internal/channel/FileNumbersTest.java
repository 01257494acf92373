package dev.tandem.pools.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FileNumbersTest {
  private static final int[] NUMBERS = {1, 2, 1023, 1024, 1 << 20, Integer.MAX_VALUE};

  private static void assertHasThese(FileNumbers numbers) {
    for (int each : NUMBERS) {
      assertThat(numbers.contains(each)).as("%d", each).isTrue();
      assertThat(numbers.contains(each ^ 4)).as("%d", each ^ 4).isFalse();
    }
    assertThat(numbers.contains(0)).isFalse();
  }

  @Test
  void hasWhatWasAddedAndNothingElse() {
    FileNumbers numbers = new FileNumbers();
    for (int each : NUMBERS) {
      numbers.add(each);
    }
    assertHasThese(numbers);
  }

  @Test
  void hasWhatTwoHad() {
    FileNumbers numbers = new FileNumbers();
    FileNumbers others = new FileNumbers();
    for (int i = 0; i < NUMBERS.length; i++) {
      (i % 2 == 0 ? numbers : others).add(NUMBERS[i]);
    }
    numbers.addAll(others);
    assertHasThese(numbers);
  }

  /// As bits of one set, a few of them would be 256 MiB.
  @Test
  void numbersThatAWorkerInventsTakeMemoryForEachOnly() {
    FileNumbers[] ofManyChannels = new FileNumbers[200];
    Random random = new Random(1);
    for (int i = 0; i < ofManyChannels.length; i++) {
      ofManyChannels[i] = new FileNumbers();
      ofManyChannels[i].add(Integer.MAX_VALUE - random.nextInt(10)); // 50 GB, or 50 kB
    }
    assertThat(ofManyChannels).allMatch(numbers -> !numbers.contains(1));
  }
}
