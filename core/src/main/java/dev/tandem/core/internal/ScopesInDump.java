package dev.tandem.core.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way from the dump to the live scopes, whose module exports its public package only. Their
/// registry has set itself here.
public final class ScopesInDump {
  private static volatile @Nullable Consumer<DumpEntry> scopes;

  private ScopesInDump() {}

  /// Sets what adds the live scopes.
  public static void set(Consumer<DumpEntry> only) {
    scopes = only;
  }

  /// Adds the live scopes.
  ///
  /// @param module a class of the module of scopes
  public static void dump(DumpEntry root, Class<?> module) {
    Consumer<DumpEntry> known = scopes;
    if (known == null) {
      try {
        Class.forName(module.getPackageName() + ".LiveScopes", true, module.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
      known = scopes;
    }
    if (known == null) {
      throw new IllegalStateException("the registry of scopes has not set itself");
    }
    known.accept(root);
  }
}
