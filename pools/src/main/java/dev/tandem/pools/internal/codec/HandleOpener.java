package dev.tandem.pools.internal.codec;

/// Finds the objects of [handles][Handle].
public interface HandleOpener {
  /// For decoders that meet no handles.
  HandleOpener NONE =
      _ -> {
        throw new DecodingException("broken message: a handle where none can be");
      };

  /// {@return the object that a handle has written}
  ///
  /// @throws DecodingException if it is not there, or not any more
  Object open(Input in) throws DecodingException;
}
