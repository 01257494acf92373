package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.util.function.Supplier;

/// Chosen when nothing else can be done now.
record OtherwiseClause<R>(Supplier<? extends R> then) implements Select.Clause<R> {
  OtherwiseClause {
    notNull(then, "then");
  }
}
