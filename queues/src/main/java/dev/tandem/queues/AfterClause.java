package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.time.Duration;
import java.util.function.Supplier;

/// Chosen when the time is over.
record AfterClause<R>(Duration d, Supplier<? extends R> then) implements Select.Clause<R> {
  AfterClause {
    notNull(d, "d");
    notNull(then, "then");
  }
}
