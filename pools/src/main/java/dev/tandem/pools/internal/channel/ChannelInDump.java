package dev.tandem.pools.internal.channel;

import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.queues.internal.ChannelFigures;
import dev.tandem.queues.internal.LiveChannels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a dump that shows channels.
public final class ChannelInDump {
  private static final String CHANNELS = "channels";

  private ChannelInDump() {}

  /// Adds the channels of this JVM that have a name, or in which a thread has ever waited, and that
  /// are not over. Those between processes are among what their pool adds.
  public static void dump(DumpEntry root) {
    record Shown(String name, ChannelFigures figures) {}
    List<Shown> open =
        LiveChannels.all().stream()
            .mapMulti((LiveChannels.Numbered each, java.util.function.Consumer<Shown> to) -> {
              ChannelFigures figures = each.channel().figures();
              if (figures != null && !figures.isOver()) {
                String name = figures.name();
                to.accept(new Shown(name == null ? "channel#" + each.number() : name, figures));
              }
            })
            .toList();
    root.dump().title("Tandem: " + open.size() + " live channels");
    root.list(CHANNELS);
    open.forEach(
        each -> root.add(CHANNELS, each.name, entry -> fill(entry, each.name, each.figures)));
  }

  static void fill(DumpEntry entry, String name, ChannelFigures channel) {
    int capacity = channel.capacity();
    entry
        .say("name", "channel '", name, "'")
        .say("kind", " (", channel.kind(), ")")
        .say("size", ": ", channel.size(), "")
        .say("capacity", " of ", capacity == Integer.MAX_VALUE ? null : (Integer) capacity, "")
        .flag("closed", channel.closed(), ", closed")
        .say("puts", ", ", channel.puts(), " put")
        .say("takes", ", ", channel.takes(), " taken")
        .count("waitingToPut", ", ", channel.waitingToPut(), " wait to put")
        .say("putters", " (", names(channel.putters()), ")")
        .count("waitingToTake", ", ", channel.waitingToTake(), " wait to take")
        .say("takers", " (", names(channel.takers()), ")")
        .count("waitingForDone", ", ", channel.waitingForDone(), " wait until all is done");
  }

  /// The names of threads; null if there are none.
  private static @Nullable String names(List<Thread> threads) {
    if (threads.isEmpty()) {
      return null;
    }
    return String.join(", ", threads.stream().map(ChannelInDump::name).toList());
  }

  private static String name(Thread thread) {
    String name = GuardedLog.text(thread.getName());
    return name.isEmpty() ? "thread " + thread.threadId() : name;
  }
}
