package dev.tandem.pools.internal.channel;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The channels that one process knows, by their numbers: those that are in use, and those that the
/// program still has a reference of. Nothing is kept of the others. Thread-safe.
final class KnownChannels<C> {
  private static final class Known<C> extends WeakReference<C> {
    final long id;

    Known(long id, C channel, ReferenceQueue<C> gone) {
      super(channel, gone);
      this.id = id;
    }
  }

  private final Map<Long, Known<C>> known = new HashMap<>(); // @GuardedBy("this"), as the next
  private final Map<Long, C> inUse = new HashMap<>();
  private final ReferenceQueue<C> gone = new ReferenceQueue<>();

  /// Adds a channel that is not in use.
  ///
  /// @return the one that is known with this number
  synchronized C add(long id, C channel) {
    C earlier = find(id);
    if (earlier != null) {
      return earlier;
    }
    forgetGone();
    known.put(id, new Known<>(id, channel, gone));
    return channel;
  }

  private void forgetGone() {
    Reference<? extends C> each;
    while ((each = gone.poll()) != null) {
      if (each instanceof Known<?> channel) {
        known.remove(channel.id, channel);
      }
    }
  }

  /// Keeps a channel that was added: it is in use.
  synchronized void use(long id, C channel) {
    inUse.put(id, channel);
  }

  /// Keeps a channel only as long as the program does.
  synchronized void letGo(long id) {
    inUse.remove(id);
    forgetGone();
  }

  /// {@return the channel; null if nothing is known of it}
  synchronized @Nullable C find(long id) {
    Known<C> channel = known.get(id);
    return channel == null ? null : channel.get();
  }

  /// {@return the channels that are in use}
  synchronized List<C> inUse() {
    return new ArrayList<>(inUse.values());
  }

  /// {@return all channels, also those that only the program keeps}
  synchronized List<C> all() {
    List<C> all = new ArrayList<>(known.size());
    for (Known<C> each : known.values()) {
      C channel = each.get();
      if (channel != null) {
        all.add(channel);
      }
    }
    return all;
  }
}
