package dev.tandem.pools.internal.process;

import com.google.common.collect.MapMaker;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The classes whose code is the application's own, because what it has submitted comes from where
/// they come from: bodies, and lambdas inside of them. Both sides of each connection must know
/// them.
final class Origins {
  private static final String CORE = "dev.tandem.core.";
  private static final String OURS = "dev.tandem.pools.internal.Bodies";

  private final TypeFilter filter;
  private final Encoder encoder;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> seen = Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private volatile boolean[] definitions = new boolean[64];

  Origins(TypeFilter filter, Encoder encoder) {
    this.filter = filter;
    this.encoder = encoder;
  }

  /// A body or a function was encoded.
  void allow(Class<?> body, int[] used) {
    if (!body.isHidden() && seen.add(body)) {
      filter.allowOriginOf(body);
      add(body.getName());
    }
    for (int id : used) {
      if (id >= definitions.length || !definitions[id]) {
        allow(id);
      }
    }
  }

  private synchronized void allow(int id) {
    String owner = encoder.capturingClass(id);
    if (owner != null && !owner.startsWith(CORE) && !owner.equals(OURS)) {
      filter.allowOriginOf(owner);
      add(owner);
    }
    boolean[] more = Arrays.copyOf(definitions, Math.max(id + 1, definitions.length));
    more[id] = true;
    definitions = more;
  }

  private void add(String name) {
    if (known.add(name)) {
      names.add(name);
    }
  }

  int count() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }
}
