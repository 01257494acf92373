package dev.tandem.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The failures of a user's action that is given several elements: the first, with the others
/// suppressed.
final class FirstFailure {
  private @Nullable Throwable first;
  private final List<Throwable> others = new ArrayList<>(0);

  /// Adds a failure. Never throws: the elements after it are still to be given to the action.
  void add(Throwable failure) {
    if (first == null) {
      first = failure;
      return;
    }
    try {
      others.add(failure);
    } catch (Throwable _) {
      // no memory for the list, perhaps as the action says: the first failure is enough
    }
  }

  /// Throws the failure. Of several, throws an exception of ours: an exception of the user's may be
  /// shared, so nothing may be suppressed in it.
  void throwIfAny() {
    if (first != null && others.isEmpty()) {
      throw unchecked(first);
    } else if (first != null) {
      throw new Several(first, others);
    }
  }

  /// Throws a failure as it is, also a checked one that was thrown sneakily.
  private static RuntimeException unchecked(Throwable failure) {
    FirstFailure.<RuntimeException>sneak(failure);
    throw new AssertionError(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing is cast at run time
  private static <X extends Throwable> void sneak(Throwable failure) throws X {
    throw (X) failure;
  }

  /// The exception for several failures: the first is the cause, the others are suppressed.
  static final class Several extends CompletionException {
    Several(Throwable first, List<Throwable> others) {
      super("the action failed for " + (others.size() + 1) + " elements", first);
      others.forEach(this::addSuppressed);
    }
  }
}
