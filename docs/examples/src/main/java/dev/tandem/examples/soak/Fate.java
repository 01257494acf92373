package dev.tandem.examples.soak;

/// How something that was given to the library came back.
enum Fate {
  /// With its result; an element: delivered to a taker.
  RESULT,
  /// With an exception that belongs to it.
  FAILURE,
  /// Cancelled; an element: handed back by `closeNow`.
  CANCELLED,
  /// Not accepted.
  REFUSED
}
