package dev.tandem.pools.internal.executor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The failures of one executor's tasks that have not been read. It costs nothing while tasks
/// succeed.
final class UnreadFailures {
  private final Set<UnreadFailure> all = ConcurrentHashMap.newKeySet();

  UnreadFailure add(AcceptedTask<?> future, Throwable exception) {
    return UnreadFailure.register(future, exception, all);
  }

  /// Logs what is left, because the executor closes.
  void logAll() {
    all.forEach(UnreadFailure::logIfUnread);
  }
}
