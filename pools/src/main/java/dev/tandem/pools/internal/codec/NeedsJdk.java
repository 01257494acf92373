package dev.tandem.pools.internal.codec;

/// A value has a part that our own format does not know: the JDK's serialization writes it all. A
/// signal without a stack; never leaves the encoder.
final class NeedsJdk extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack and suppresses nothing
  static final NeedsJdk SIGNAL = new NeedsJdk();

  private NeedsJdk() {
    super(null, null, false, false);
  }
}
