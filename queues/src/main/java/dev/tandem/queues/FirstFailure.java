package dev.tandem.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Collects what a user's action throws while all elements are given to it.
final class FirstFailure {
  private @Nullable Throwable first;
  private final List<Throwable> others = new ArrayList<>(0);

  /// Never throws: the elements after this one are still to be given to the action. If what the
  /// action throws is that there is no memory, there may be none for the list either.
  void add(Throwable failure) {
    if (first == null) {
      first = failure;
      return;
    }
    try {
      others.add(failure);
    } catch (Throwable _) {
      // the first one says enough
    }
  }

  /// Throws the failure, or, of several, an exception of ours: the user's own may be shared, so
  /// nothing is hung on it.
  void throwIfAny() {
    if (first != null && others.isEmpty()) {
      throw unchecked(first);
    } else if (first != null) {
      throw new Several(first, others);
    }
  }

  /// Also a checked exception that was thrown sneakily stays what it is.
  static RuntimeException unchecked(Throwable failure) {
    FirstFailure.<RuntimeException>sneak(failure);
    throw new AssertionError(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing is cast at run time
  private static <X extends Throwable> void sneak(Throwable failure) throws X {
    throw (X) failure;
  }

  /// The first failure of several is the cause, the others are suppressed.
  static final class Several extends CompletionException {
    Several(Throwable first, List<Throwable> others) {
      super("the action failed for " + (others.size() + 1) + " elements", first);
      others.forEach(this::addSuppressed);
    }
  }
}
