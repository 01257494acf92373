package dev.tandem.benchmarks.channels;

import dev.tandem.queues.Channel;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;

/// Prints how many bytes of the heap an empty channel keeps, its slots not counted: for a bounded
/// channel, for one with single ends, and for one that its producer closes.
public final class ChannelSizes {
  private static final int CHANNELS = 5_000;

  // a compressed reference
  private static final int SLOT = 4;

  private ChannelSizes() {}

  public static void main(String[] args) {
    int capacity = Pipes.CAPACITY;
    withoutSlots(() -> Channel.bounded(capacity)); // what starting the JVM left behind goes now
    System.out.printf(
        Locale.ROOT,
        "%.1f %.1f %.1f%n",
        withoutSlots(() -> Channel.bounded(capacity)),
        withoutSlots(
            () -> Channel.bounded(capacity, cf -> cf.withSingleProducer().withSingleConsumer())),
        withoutSlots(() -> Channel.bounded(capacity, cf -> cf.withCloseByProducer())));
  }

  private static double withoutSlots(Supplier<Channel<Object>> channel) {
    Object[] channels = new Object[CHANNELS];
    channels[0] = channel.get(); // loads the classes
    long before = used();
    for (int i = 1; i < CHANNELS; i++) {
      channels[i] = channel.get();
    }
    double bytes = (used() - before) / (double) (CHANNELS - 1);
    if (channels[CHANNELS - 1] == null) {
      throw new AssertionError("never, but it keeps the channels alive until here");
    }
    return bytes - (double) SLOT * Pipes.CAPACITY;
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
