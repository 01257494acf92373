package dev.tandem.queues.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The channels of this JVM that a dump shows: those that have a name, and those in which a thread
/// has ever waited. It keeps none of them alive.
///
/// A channel that no thread has waited in hangs no program, and programs make channels for a single
/// answer by the million: these pay nothing.
public final class LiveChannels {
  /// A channel that is known. It may be known more than once: each of its lists of waiters tells.
  private static final class Known extends WeakReference<LiveChannel> {
    final long number = count.incrementAndGet();

    Known(LiveChannel channel) {
      super(channel, gone);
    }
  }

  /// A channel with its number.
  ///
  /// @param number a number that no other channel has; lower for those that are known longer
  public record Numbered(long number, LiveChannel channel) {}

  /// A model checker makes channels by the hundred thousand, and takes a picture of all that static
  /// fields reach before each: its runs leave them unlisted.
  private static final boolean LISTED = !Boolean.getBoolean("dev.tandem.queues.unlisted");

  private static final AtomicLong count = new AtomicLong();
  private static final ReferenceQueue<LiveChannel> gone = new ReferenceQueue<>();
  private static final Set<Known> all = ConcurrentHashMap.newKeySet();

  private LiveChannels() {}

  /// Adds a channel.
  public static void add(LiveChannel channel) {
    if (LISTED) {
      forgetGone();
      all.add(new Known(channel));
    }
  }

  @SuppressWarnings("SuspiciousMethodCalls") // only known channels are in the queue
  private static void forgetGone() {
    Reference<? extends LiveChannel> each;
    while ((each = gone.poll()) != null) {
      all.remove(each);
    }
  }

  /// {@return the channels that are alive, each once, in the order in which they became known}
  public static List<Numbered> all() {
    forgetGone();
    List<Known> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(known -> known.number));
    Set<LiveChannel> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Numbered> live = new ArrayList<>();
    for (Known known : sorted) {
      LiveChannel channel = known.get();
      if (channel != null && seen.add(channel)) {
        live.add(new Numbered(known.number, channel));
      }
    }
    return live;
  }
}
