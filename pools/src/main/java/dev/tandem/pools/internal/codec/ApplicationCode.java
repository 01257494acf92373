package dev.tandem.pools.internal.codec;

import com.google.common.collect.MapMaker;
import dev.tandem.core.internal.ContextLoader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The classes whose code is the application's own, because what it has submitted comes from where
/// they come from: bodies, and lambdas inside of them. Both sides of each connection must know
/// them.
public final class ApplicationCode {
  private static final byte UNKNOWN = 0;
  private static final byte WRAPPER = 1;
  private static final byte FOR_WORKERS = 2;
  private static final byte FOR_BOTH = 3;

  private final TypeFilter filter;
  private final Encoder encoder;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> seen = Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private volatile byte[] definitions = new byte[64];

  /// The pool's loader.
  private final ClassLoader loader;

  /// Whether any class was of a loader that the pool's loader cannot reach. Most pools never see
  /// one.
  private volatile boolean guests;

  public ApplicationCode(TypeFilter filter, Encoder encoder, ClassLoader loader) {
    this.filter = filter;
    this.encoder = encoder;
    this.loader = loader;
  }

  /// Takes note of a body or a function that was encoded. Its own class, or, inside of what Tandem
  /// puts around it, the first lambda, is the application's own code for both sides. Lambdas
  /// further inside may be of libraries: they are for the worker, which gets them from here, and no
  /// reason to accept objects of their libraries from a worker.
  ///
  /// @param used the ids of the definitions that it needs, in the order of their use
  /// @return the loader of the application's own code, which finds the classes of the answer: that
  ///   of the first class which the pool's loader cannot find through its parents, as under a
  ///   loader that was made after the pool; null if there is none, and the pool's finds them. It
  ///   comes before the loader of the body's class, if that is a parent: what is loaded there may
  ///   exist below once more, as under Spring Boot's devtools.
  public @Nullable ClassLoader allow(Class<?> body, int[] used) {
    boolean found = !body.isHidden();
    if (found && seen.add(body)) {
      guests |= isGuest(body.getClassLoader());
      filter.allowOriginOf(body);
      add(body.getName());
      addNamed(TypeFilter.namedTypes(body), false);
    }
    for (int id : used) {
      byte kind = id < definitions.length ? definitions[id] : UNKNOWN;
      if (kind == UNKNOWN || (kind == FOR_WORKERS && !found)) {
        kind = learn(id, found);
      }
      found |= kind != WRAPPER;
    }
    return guests ? guest(body, used) : null;
  }

  /// Takes note of an interface that workers can call: of it, and of what its methods name. It may
  /// be a library's, which is no reason to accept other objects of that library.
  public void allowService(Class<?> service) {
    add(TypeFilter.CLASS_ONLY + service.getName());
    addNamed(TypeFilter.namedByService(service), false);
  }

  private @Nullable ClassLoader guest(Class<?> body, int[] used) {
    ClassLoader own = body.getClassLoader();
    if (isGuest(own)) {
      return own;
    }
    for (int id : used) {
      ClassLoader its = encoder.loader(id);
      if (isGuest(its)) {
        return its;
      }
    }
    return null;
  }

  private boolean isGuest(@Nullable ClassLoader its) {
    return its != ApplicationCode.class.getClassLoader() && !ContextLoader.isAncestor(its, loader);
  }

  private synchronized byte learn(int id, boolean forWorkers) {
    guests |= isGuest(encoder.loader(id));
    String owner = encoder.capturingClass(id);
    byte kind = forWorkers ? FOR_WORKERS : FOR_BOTH;
    if (owner == null || TypeFilter.isWrapper(owner)) {
      kind = WRAPPER;
    } else {
      if (!forWorkers) {
        filter.allowOriginOf(owner);
      }
      add(owner);
      addNamed(encoder.namedTypes(id), forWorkers);
    }
    byte[] more = Arrays.copyOf(definitions, Math.max(id + 1, definitions.length));
    more[id] = kind;
    definitions = more;
    return kind;
  }

  private void addNamed(Set<String> types, boolean forWorkers) {
    for (String type : types) {
      if (!forWorkers) {
        filter.allowClass(type);
      }
      add(TypeFilter.CLASS_ONLY + type);
    }
  }

  private void add(String name) {
    if (!known.contains(name)) {
      names.add(name); // before other threads find it known; twice does no harm
      known.add(name);
    }
  }

  public int count() {
    return names.size();
  }

  public String name(int index) {
    return names.get(index);
  }
}
