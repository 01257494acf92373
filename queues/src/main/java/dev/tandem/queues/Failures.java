package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// Collects what a user's action throws while all elements are given to it; the first is thrown in
/// the end.
final class Failures {
  private @Nullable Throwable first;

  void add(Throwable failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      first.addSuppressed(failure);
    }
  }

  void throwIfAny() {
    switch (first) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default ->
          throw new AssertionError("a checked exception from an action that declares none", first);
    }
  }
}
