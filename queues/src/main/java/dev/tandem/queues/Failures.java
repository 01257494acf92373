package dev.tandem.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Collects what a user's action throws while all elements are given to it.
final class Failures {
  private final List<Throwable> all = new ArrayList<>();

  void add(Throwable failure) {
    all.add(failure);
  }

  /// Throws the failure, or, of several, an exception of ours: the user's own may be shared, so
  /// nothing is hung on it.
  void throwIfAny() {
    if (all.size() == 1) {
      throw unchecked(all.getFirst());
    } else if (!all.isEmpty()) {
      throw new Several(all);
    }
  }

  /// Also a checked exception that was thrown sneakily stays what it is.
  static RuntimeException unchecked(Throwable failure) {
    Failures.<RuntimeException>sneak(failure);
    throw new AssertionError(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing is cast at run time
  private static <X extends Throwable> void sneak(Throwable failure) throws X {
    throw (X) failure;
  }

  /// The first failure of several is the cause, the others are suppressed.
  static final class Several extends CompletionException {
    Several(List<Throwable> all) {
      super("the action failed for " + all.size() + " elements", all.getFirst());
      all.stream().skip(1).forEach(this::addSuppressed);
    }
  }
}
