package dev.tandem.cluster.internal;

/// The kinds of messages and of what is in them.
final class Wire {
  // ---- requests

  /// A body.
  static final int TASK = 1;

  /// A function and its inputs.
  static final int CHUNK = 2;

  // ---- what follows a failure in a chunk

  /// The inputs after a failure are worked on, too.
  static final int GOES_ON = 1;

  // ---- replies

  /// The outcome of a body, or of a request that cannot be read.
  static final int OUTCOME = 3;

  /// The outcomes of a chunk's inputs.
  static final int OUTCOMES = 4;

  /// The member is about to leave, and has not begun. Nothing follows.
  static final int DRAINING = 5;

  /// The body was interrupted at its timeout, and has ended. Nothing follows.
  static final int TIMED_OUT = 6;

  /// The body was not begun, or has ended after its caller did not want it. Nothing follows.
  static final int UNWANTED = 7;

  // ---- outcomes

  static final int RESULT = 1;
  static final int FAILURE = 2;

  /// A class that the message needs is not on the member. Its name follows.
  static final int CLASS_UNAVAILABLE = 3;

  private Wire() {}
}
