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
  private static final byte UNKNOWN = 0;
  private static final byte NOBODYS = 1;
  private static final byte FOR_WORKERS = 2;
  private static final byte FOR_BOTH = 3;
  private static final String CORE = "dev.tandem.core.";
  private static final String OURS = "dev.tandem.pools.internal.Bodies";

  private final TypeFilter filter;
  private final Encoder encoder;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> seen = Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private volatile byte[] definitions = new byte[64];

  Origins(TypeFilter filter, Encoder encoder) {
    this.filter = filter;
    this.encoder = encoder;
  }

  /// A body or a function was encoded. What it is, or, inside of what Tandem puts around it, the
  /// first lambda, is the application's own code for both sides. Lambdas further inside may be of
  /// libraries: they are for the worker, which gets them from us, and no reason to accept objects
  /// of their libraries from a worker.
  ///
  /// @param used the definitions that it needs, in the order of their use
  void allow(Class<?> body, int[] used) {
    boolean found = !body.isHidden();
    if (found && seen.add(body)) {
      filter.allowOriginOf(body);
      add(body.getName());
    }
    for (int id : used) {
      byte kind = id < definitions.length ? definitions[id] : UNKNOWN;
      if (kind == UNKNOWN || (kind == FOR_WORKERS && !found)) {
        kind = learn(id, found);
      }
      found |= kind != NOBODYS;
    }
  }

  private synchronized byte learn(int id, boolean forWorkers) {
    String owner = encoder.capturingClass(id);
    byte kind = forWorkers ? FOR_WORKERS : FOR_BOTH;
    if (owner == null || owner.startsWith(CORE) || owner.equals(OURS)) {
      kind = NOBODYS;
    } else {
      if (!forWorkers) {
        filter.allowOriginOf(owner);
      }
      add(owner);
    }
    byte[] more = Arrays.copyOf(definitions, Math.max(id + 1, definitions.length));
    more[id] = kind;
    definitions = more;
    return kind;
  }

  private void add(String name) {
    if (!known.contains(name)) {
      names.add(name); // before others can believe that it is there; twice does no harm
      known.add(name);
    }
  }

  int count() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }
}
