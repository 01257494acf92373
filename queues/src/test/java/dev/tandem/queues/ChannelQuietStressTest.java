package dev.tandem.queues;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.tandem.testing.StressRounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// As many takes as puts, by two takers and two putters that begin at the same time, and then
/// nothing: no close, no further operation that would make good for a wake-up that was lost. Many
/// short rounds, because the threads meet in the dangerous places mostly at the beginning.
@Timeout(value = 1, unit = TimeUnit.HOURS) // the rounds are bounded; how many, the user says
class ChannelQuietStressTest {
  private static final int THREADS = 4;
  private static final int ROUNDS_OF_ONE_SET = 200;
  private static final int PARTS = 2 * (StressShape.values().length - 1);

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PRODUCER_CLOSED")
  void everybodyGetsOutOnPlatformThreads(StressShape shape) {
    StressRounds.play(
        shape + ", quiet, platform", PARTS, random -> playSet(shape, false, 1 + random.nextInt(2)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PRODUCER_CLOSED")
  void everybodyGetsOutOnVirtualThreads(StressShape shape) {
    StressRounds.play(
        shape + ", quiet, virtual", PARTS, random -> playSet(shape, true, 1 + random.nextInt(2)));
  }

  private static void playSet(StressShape shape, boolean virtual, int capacity) throws Exception {
    ExecutorService threads =
        virtual
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Channel<StressItem>> channels = new ArrayList<>();
      for (int i = 0; i < ROUNDS_OF_ONE_SET; i++) {
        channels.add(shape.create(capacity, cf -> cf));
      }
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        ends.add(threads.submit(player(channels, start, i)));
      }
      for (Future<Void> end : ends) {
        end.get(60, SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> player(
      List<Channel<StressItem>> channels, CyclicBarrier start, int number) {
    return () -> {
      for (int i = 0; i < channels.size(); i++) {
        start.await();
        Channel<StressItem> channel = channels.get(i);
        for (int j = 0; j < 2; j++) {
          if (number % 2 == 0) {
            channel.take();
          } else {
            channel.put(new StressItem(number, j));
          }
        }
      }
      return null;
    };
  }
}
