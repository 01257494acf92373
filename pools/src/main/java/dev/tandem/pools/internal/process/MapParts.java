package dev.tandem.pools.internal.process;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a map of which not all has been taken, in the order of their inputs.
final class MapParts<I, R extends @Nullable Object> {
  private final LinkedHashSet<MapPart<I, R>> parts = new LinkedHashSet<>();

  synchronized void add(MapPart<I, R> part) {
    parts.add(part);
  }

  synchronized void remove(MapPart<I, R> part) {
    parts.remove(part);
  }

  synchronized @Nullable MapPart<I, R> oldest() {
    return parts.isEmpty() ? null : parts.getFirst();
  }

  synchronized List<MapPart<I, R>> all() {
    return List.copyOf(parts);
  }
}
