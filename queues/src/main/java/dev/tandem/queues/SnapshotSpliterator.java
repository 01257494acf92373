package dev.tandem.queues;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A late-binding spliterator over the elements that are in a channel when it is first asked for an
/// element, or to split.
final class SnapshotSpliterator<E> implements Spliterator<E> {
  private final AbstractChannel<E> channel;
  private @Nullable Spliterator<E> bound;

  SnapshotSpliterator(AbstractChannel<E> channel) {
    this.channel = channel;
  }

  private Spliterator<E> bound() {
    Spliterator<E> known = bound;
    if (known == null) {
      known = Spliterators.spliterator(channel.interior().snapshot().elements, ORDERED | NONNULL);
      bound = known;
    }
    return known;
  }

  @Override
  public boolean tryAdvance(Consumer<? super E> action) {
    return bound().tryAdvance(Checks.notNull(action, "action"));
  }

  @Override
  public void forEachRemaining(Consumer<? super E> action) {
    bound().forEachRemaining(Checks.notNull(action, "action"));
  }

  @Override
  public @Nullable Spliterator<E> trySplit() {
    return bound().trySplit();
  }

  /// Does not bind.
  @Override
  public long estimateSize() {
    return bound == null ? channel.size() : bound.estimateSize();
  }

  @Override
  public int characteristics() {
    return ORDERED | NONNULL | CONCURRENT;
  }
}
