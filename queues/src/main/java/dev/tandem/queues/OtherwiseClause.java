package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.util.function.Supplier;

/// The clause of a select that is chosen when no other can be done now.
record OtherwiseClause<R>(Supplier<? extends R> then) implements Select.Clause<R> {
  OtherwiseClause {
    notNull(then, "then");
  }
}
