package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// Why a scope was cancelled. The first reason counts.
///
/// @param kind the reason
/// @param origin the scope in which it began: the cancelled one, or one around it
/// @param failure what a callback threw
record CancelReason(Kind kind, ScopeNode origin, @Nullable Throwable failure) {
  /// The reasons.
  enum Kind {
    /// The joiner has seen enough.
    ENOUGH("the joiner had seen enough"),
    /// Somebody called `cancel`.
    REQUESTED("cancel() was called"),
    /// The deadline passed.
    TIMEOUT("the timeout had passed"),
    /// A scope around it was cancelled.
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

  /// What this means for a scope inside.
  CancelReason inside() {
    return kind == Kind.TIMEOUT ? this : new CancelReason(Kind.OUTER, origin, failure);
  }
}
