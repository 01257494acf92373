package dev.tandem.pools.internal.channel;

import static dev.tandem.pools.internal.channel.Quota.CLOSED;
import static dev.tandem.pools.internal.channel.Quota.NONE;
import static dev.tandem.pools.internal.channel.Quota.USED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One word, two objects over it: that of the giver, and that of the user, which remembers a limit.
class QuotaTest {
  private final MemorySegment memory = Quotas.memory();
  private final Quota giver = new Quota(memory);
  private final Quota user = new Quota(memory);

  @Test
  void nothingIsLeftAtFirst() {
    assertThat(user.isLeft()).isFalse();
    assertThat(user.use()).isEqualTo(NONE);
    assertThat(giver.takeBack(0)).isZero();
    assertThat(giver.left()).isZero();
    assertThat(giver.used()).isZero();
    assertThat(giver.isClosed()).isFalse();
  }

  @Test
  void whatIsGivenCanBeUsedOnce() {
    giver.give(2);
    assertThat(giver.left()).isEqualTo(2);
    assertThat(user.isLeft()).isTrue();
    assertThat(user.use()).isEqualTo(USED);
    giver.give(1);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(NONE);
    assertThat(giver.used()).isEqualTo(3);
    assertThat(giver.left()).isZero();
  }

  @Test
  void whatIsTakenBackCannotBeUsedByAUserThatKnowsTheOldLimit() {
    giver.give(3);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(giver.takeBack(0)).isEqualTo(2);
    assertThat(user.isLeft()).isFalse();
    assertThat(user.use()).isEqualTo(NONE);
    assertThat(giver.used()).isEqualTo(1);
  }

  @Test
  void whatIsGivenAfterwardsCanBeUsed() {
    giver.give(3);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(giver.takeBack(0)).isEqualTo(2);
    giver.give(1);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(NONE);
    assertThat(giver.takeBack(0)).isZero();
  }

  @Test
  void whatIsKeptCanBeUsed() {
    giver.give(5);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(giver.takeBack(2)).isEqualTo(2);
    assertThat(giver.left()).isEqualTo(2);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(NONE);
  }

  @Test
  void noMoreIsKeptThanThereIs() {
    giver.give(2);
    assertThat(giver.takeBack(2)).isZero();
    assertThat(giver.takeBack(Integer.MAX_VALUE)).isZero();
    assertThat(giver.left()).isEqualTo(2);
  }

  @Test
  void takingBackAgainTakesTheRest() {
    giver.give(6);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(giver.takeBack(3)).isEqualTo(2);
    assertThat(giver.takeBack(3)).isZero();
    assertThat(giver.takeBack(1)).isEqualTo(2);
    assertThat(giver.takeBack(0)).isEqualTo(1);
    assertThat(giver.takeBack(0)).isZero();
    assertThat(user.use()).isEqualTo(NONE);
  }

  @Test
  void whatIsLeftWhenItIsClosedCanBeUsed() {
    giver.give(2);
    assertThat(user.use()).isEqualTo(USED);
    giver.close();
    giver.close();
    assertThat(giver.isClosed()).isTrue();
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(CLOSED);
    assertThat(giver.used()).isEqualTo(2);
  }

  @Test
  void whatIsLeftWhenItIsClosedCanBeTakenBack() {
    giver.give(3);
    assertThat(user.use()).isEqualTo(USED);
    giver.close();
    assertThat(giver.takeBack(1)).isEqualTo(1);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(CLOSED);
  }

  @Test
  void nothingIsUsedAfterAnExactClose() {
    giver.give(3);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(giver.takeBack(0)).isEqualTo(2);
    giver.close();
    assertThat(user.use()).isEqualTo(CLOSED);
    assertThat(giver.used()).isEqualTo(1);
  }

  @Test
  void closedAndUsedOutliveTheLastEpochAndTheLastNumber() {
    Quotas.start(memory, -1, Quotas.LAST_EPOCH);
    giver.give(3);
    giver.close();
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.used()).isZero();
    assertThat(giver.takeBack(1)).isEqualTo(1);
    assertThat(giver.isClosed()).isTrue();
    assertThat(giver.used()).isZero();
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(CLOSED);
  }

  @Test
  void noLessThanNothingIsLeftWhileALimitIsBelowWhatWasUsed() {
    giver.give(2);
    assertThat(user.use()).isEqualTo(USED);
    assertThat(user.use()).isEqualTo(USED);
    Quotas.setLimit(memory, 1); // as for a moment, when a step is used while it is taken back
    assertThat(user.left()).isZero();
    assertThat(user.use()).isEqualTo(NONE);
  }

  @ParameterizedTest
  @MethodSource("starts")
  void agreesWithAModelAcrossAllWrapArounds(int used, int epoch) {
    Quotas.start(memory, used, epoch);
    Random random = new Random(used + epoch);
    int left = 0;
    int uses = 0;
    for (int i = 0; i < 2_000; i++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          int count = 1 + random.nextInt(3);
          giver.give(count);
          left += count;
        }
        case 1 -> {
          int kept = random.nextInt(3);
          int taken = Math.max(0, left - kept);
          assertThat(giver.takeBack(kept)).isEqualTo(taken);
          left -= taken;
        }
        default -> {
          assertThat(user.isLeft()).isEqualTo(left > 0);
          assertThat(user.use()).isEqualTo(left > 0 ? USED : NONE);
          uses += left > 0 ? 1 : 0;
          left = Math.max(0, left - 1);
        }
      }
      assertThat(giver.left()).isEqualTo(left);
      assertThat(user.used()).isEqualTo(used + uses);
    }
  }

  static Stream<Arguments> starts() {
    return Stream.of(0, Integer.MAX_VALUE - 50, -50) // 2^31 and 2^32 are soon
        .flatMap(
            used -> Stream.of(0, Quotas.LAST_EPOCH - 50).map(epoch -> Arguments.of(used, epoch)));
  }
}
