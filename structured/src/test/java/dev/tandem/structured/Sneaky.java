package dev.tandem.structured;

/// Throws whatever there is.
final class Sneaky {
  private Sneaky() {}

  @SuppressWarnings("unchecked") // that is the trick
  static <X extends Throwable> Exception sneak(Throwable e) throws X {
    throw (X) e;
  }
}
