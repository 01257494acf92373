package dev.tandem.pools.internal.process;

import com.google.common.collect.MapMaker;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The classes whose code is the application's own, because bodies of tasks come from where they
/// come from. Both sides of each connection must know them.
final class Origins {
  private final TypeFilter filter;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Set<Class<?>> known =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private volatile Class<?> last = Origins.class;

  Origins(TypeFilter filter) {
    this.filter = filter;
  }

  /// The class of a body that was submitted.
  void allow(Class<?> body) {
    if (body == last) {
      return;
    }
    if (known.add(body)) {
      filter.allowOriginOf(body);
      // a lambda's class is named after the class in which it is written
      String name = body.getName();
      int lambda = name.indexOf("$$Lambda");
      names.add(lambda < 0 ? name : name.substring(0, lambda));
    }
    last = body;
  }

  int count() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }
}
