package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// The reason of a cancellation. The first reason of a scope counts.
///
/// @param kind the kind of reason
/// @param origin the scope in which the cancellation began: the cancelled one, or an enclosing one
/// @param failure the exception of a callback; null for other kinds
record CancelReason(Kind kind, ScopeNode origin, @Nullable Throwable failure) {
  /// The reasons.
  enum Kind {
    /// The joiner has seen enough.
    ENOUGH("the joiner had seen enough"),
    /// The application called `cancel`.
    REQUESTED("cancel() was called"),
    /// The deadline passed.
    TIMEOUT("the timeout had passed"),
    /// An enclosing scope was cancelled.
    OUTER("a scope around it was cancelled"),
    /// The joiner's `onFork` or `onComplete` threw.
    CALLBACK("a callback of the joiner threw"),
    /// The owner left it before all had completed.
    LEFT("the scope was left");

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /// Translates the reason for a scope inside the cancelled one.
  CancelReason inside() {
    return kind == Kind.TIMEOUT ? this : new CancelReason(Kind.OUTER, origin, failure);
  }
}
