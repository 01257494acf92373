package dev.tandem.pools.internal.codec;

/// An object that several processes have in common: only what finds it is sent.
public interface Handle {
  /// Appends what a [HandleOpener] needs on the other side.
  ///
  /// @param encoder of whom the message is
  /// @throws RuntimeException if the object cannot be used behind this encoder; the message says
  ///   why
  void write(Encoder encoder, Output out);
}
