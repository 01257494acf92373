package dev.tandem.structured;

import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.Failures;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.structured.CancelReason.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// Tells of failures that would be lost with a scope: those that came after `join`, and those of a
/// scope that was left without it. Thread: owner.
final class Losses {
  private Losses() {}

  /// Suppresses the failures in what `join` threw; if that cannot be, logs them.
  ///
  /// @param joined whether `join` has completed
  /// @param thrown what it threw
  /// @param wrapper the same, if it is an exception that was made for this scope
  /// @param before why the scope was cancelled when its owner began to leave
  static void tell(
      ScopeNode scope,
      boolean joined,
      @Nullable Throwable thrown,
      @Nullable Throwable wrapper,
      @Nullable CancelReason before) {
    Failures failures = scope.failures;
    if (failures.isEmpty() ? joined || thrown != null : failures.hangOn(wrapper)) {
      return;
    }
    if (joined || thrown != null) {
      logBeside(scope, failures.all(), thrown);
    } else if (!failures.isEmpty()) {
      String message = scope + " was left without join; subtasks failed";
      GuardedLog.warn(ScopeNode.LOG, message, joined(failures));
    } else if (scope.state.forked() > 0 && (before == null || before.kind() == Kind.TIMEOUT)) {
      // With all complete nothing was lost, only not asked for.
      if (scope.state.hasCutOff()) {
        ScopeNode.LOG.warn("{} was left without join; what had not completed was cancelled", scope);
      } else {
        ScopeNode.LOG.debug("{} was left without join", scope);
      }
    }
  }

  /// Logs failures beside the result of a scope that was joined: they are of subtasks that were
  /// told to stop, or whose failure a joiner did not mind.
  ///
  /// @param thrown what `join` threw: what is in it has been told
  private static void logBeside(
      ScopeNode scope, List<Throwable> failures, @Nullable Throwable thrown) {
    String message = scope + ": a subtask failed beside the result";
    Set<Throwable> told = Causes.chain(thrown);
    for (Throwable failure : failures) {
      if (told.contains(failure)) {
        continue;
      }
      if (failure instanceof Error) {
        GuardedLog.warn(ScopeNode.LOG, message, failure);
      } else if (Causes.chain(failure).stream().anyMatch(Causes::isOfInterrupt)) {
        GuardedLog.log(ScopeNode.LOG, Level.DEBUG, message, failure);
      } else {
        ScopeNode.LOG.info("{}: {}", message, GuardedLog.shortText(failure));
      }
    }
  }

  /// {@return all failures as one: the first, with the others suppressed in a wrapper}
  private static Throwable joined(Failures failures) {
    List<Throwable> all = failures.all();
    Throwable only = all.getFirst();
    if (all.size() == 1) {
      return only;
    }
    Throwable joined = new RuntimeException(all.size() + " subtasks failed", only);
    all.forEach(failure -> Failures.suppress(joined, failure));
    return joined;
  }
}
