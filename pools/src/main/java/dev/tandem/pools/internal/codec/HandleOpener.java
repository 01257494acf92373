package dev.tandem.pools.internal.codec;

/// Finds the objects of [handles][Handle].
public interface HandleOpener {
  /// For decoders that meet no handles.
  HandleOpener NONE =
      (kind, _, _) -> {
        throw new DecodingException("broken message: a handle " + kind + " where none can be");
      };

  /// {@return the object that a handle has written}
  ///
  /// @param kind the kind of the handle
  /// @param in what the handle has written
  /// @param decoder the decoder of the message
  /// @throws DecodingException if the object is not there, or not any more
  Object open(int kind, Input in, Decoder decoder) throws DecodingException;
}
