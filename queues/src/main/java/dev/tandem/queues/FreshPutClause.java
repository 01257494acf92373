package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// The clause of a select that puts an element which is made anew for each select: it can be in a
/// channel once only.
///
/// @param over is given the element when the select is over, whether or not it was put
record FreshPutClause<E, R>(
    AbstractChannel<E> channel,
    Supplier<? extends E> element,
    Consumer<? super E> over,
    Supplier<? extends R> then)
    implements Select.Clause<R> {

  /// Returns the clause of one select.
  PutClause<E, R> make() {
    return new PutClause<>(channel, notNull(element.get(), "element"), over, then);
  }
}
