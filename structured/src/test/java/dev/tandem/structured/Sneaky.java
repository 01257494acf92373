package dev.tandem.structured;

/// Throws any exception without declaring it.
final class Sneaky {
  private Sneaky() {}

  @SuppressWarnings("unchecked") // the cast is erased: X is inferred, and never checked
  static <X extends Throwable> Exception sneak(Throwable e) throws X {
    throw (X) e;
  }
}
