package dev.tandem.structured;

import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.Failures;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.structured.CancelReason.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/// The report of failures that would be lost with a scope: those that came after `join`, and those
/// of a scope that was left without `join`. Thread: owner.
final class Losses {
  private Losses() {}

  /// Adds the failures as suppressed exceptions to the one that `join` has thrown, or logs them
  /// where there is none that was made for this scope.
  ///
  /// @param joined whether `join` has completed
  /// @param thrown the exception of `join`
  /// @param wrapper the same, if it was made for this scope; else null
  /// @param before the reason why the scope was cancelled when its owner began to leave
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
      // With all subtasks complete, no failure is lost: the results were only not read.
      if (scope.state.hasCutOff()) {
        ScopeNode.LOG.warn("{} was left without join; what had not completed was cancelled", scope);
      } else {
        ScopeNode.LOG.debug("{} was left without join", scope);
      }
    }
  }

  /// Logs failures that the outcome of `join` does not contain: of subtasks that were cancelled, or
  /// whose failures the joiner tolerates.
  ///
  /// @param thrown the exception of `join`; failures in its chain are not logged again
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
