package dev.tandem.core.internal;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The causes of users' exceptions. The methods of such an exception may throw, and its causes may
/// form a circle, or a chain as long as scopes were nested deep.
public final class Causes {
  /// The bound on a chain of causes: more than the depth of any likely tree of scopes. A chain can
  /// be circular, or be generated link by link without an end.
  private static final int MAX_CHAIN = 100_000;

  private Causes() {}

  /// {@return an exception with its cause, the cause of that, and so on}
  public static Set<Throwable> chain(@Nullable Throwable e) {
    Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = e; t != null && chain.size() < MAX_CHAIN && chain.add(t); ) {
      t = of(t);
    }
    return chain;
  }

  /// {@return the cause of an exception; null if it cannot be had}
  public static @Nullable Throwable of(Throwable e) {
    try {
      return e.getCause();
    } catch (Throwable _) {
      return null;
    }
  }

  /// {@return whether an exception only says that a thread was interrupted}
  public static boolean isOfInterrupt(Throwable e) {
    return e instanceof InterruptedException
        || e instanceof ClosedByInterruptException
        || e instanceof FileLockInterruptionException
        || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
  }

  /// Throws an exception as it is, also a checked one.
  ///
  /// @return never
  public static RuntimeException sneak(Throwable failure) {
    Causes.<RuntimeException>throwAs(failure);
    throw new AssertionError(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing is cast at run time
  private static <X extends Throwable> void throwAs(Throwable failure) throws X {
    throw (X) failure;
  }
}
