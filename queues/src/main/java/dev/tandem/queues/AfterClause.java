package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.time.Duration;
import java.util.function.Supplier;

/// The clause of a select that is chosen when the time is over.
record AfterClause<R>(Duration duration, Supplier<? extends R> then) implements Select.Clause<R> {
  AfterClause {
    notNull(duration, "duration");
    notNull(then, "then");
  }
}
