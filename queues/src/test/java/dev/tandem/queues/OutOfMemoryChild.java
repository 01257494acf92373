package dev.tandem.queues;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A program for a JVM of its own, with a small heap: it fills the memory beside a channel, so that
/// closeNow has none for its list, and then frees it. See [CloseNowOutOfMemoryTest].
final class OutOfMemoryChild {
  private static final int ELEMENTS = 400_000;
  private static final int PIECE = 16 << 10;

  private OutOfMemoryChild() {}

  private static Channel<Integer> channel(String shape) {
    return switch (shape) {
      case "RING" -> Channel.bounded(ELEMENTS);
      case "UNBOUNDED" -> Channel.unbounded();
      case "LIFO" -> Channel.lifo(ELEMENTS);
      case "PRIORITY" -> Channel.priority(ELEMENTS, Comparator.naturalOrder());
      default -> throw new IllegalArgumentException("args[0]: " + shape + " (expected: a shape)");
    };
  }

  /// Allocates nearly all the memory there is.
  private static List<byte[]> ballast() {
    List<byte[]> ballast = new ArrayList<>();
    try {
      while (true) {
        ballast.add(new byte[PIECE]);
      }
    } catch (OutOfMemoryError _) {
      for (int i = 0; i < 4; i++) {
        ballast.removeLast();
      }
      return ballast;
    }
  }

  public static void main(String[] args) throws Exception {
    Channel<Integer> channel = channel(args[0]);
    for (int i = 0; i < ELEMENTS; i++) {
      channel.put(i & 127);
    }
    List<byte[]> ballast = ballast();
    boolean failed = false;
    int handedBack = 0;
    try {
      handedBack = channel.closeNow().size();
    } catch (OutOfMemoryError _) {
      failed = true;
    }
    ballast.clear();
    handedBack += channel.closeNow().size();
    System.out.println(
        failed
            + " "
            + (handedBack == ELEMENTS)
            + " "
            + channel.isDrained()
            + " "
            + channel.awaitDone(Duration.ZERO));
  }
}
