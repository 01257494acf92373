package dev.tandem.pools.internal.codec;

import java.util.List;

/// A target of the fuzzer: a value in Tandem's format, for a decoder that has all definitions.
public final class FuzzValue {
  private FuzzValue() {}

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    return FuzzCodec.values();
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    Decoder decoder = FuzzCodec.decoder();
    FuzzBound.check(
        data.length,
        () -> FuzzCodec.decode(decoder, data, 0, new byte[][] {new byte[100], new byte[0]}));
    FuzzCodec.checkUsable(decoder);
  }
}
