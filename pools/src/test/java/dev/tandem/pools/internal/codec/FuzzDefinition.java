package dev.tandem.pools.internal.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A target of the fuzzer: definitions, each behind its length, up to an empty one; then a value
/// that uses them.
public final class FuzzDefinition {
  private FuzzDefinition() {}

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    List<byte[]> definitions = FuzzCodec.definitions();
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] value : FuzzCodec.values()) {
      if (value[0] >= Tag.RECORD && value[0] <= Tag.LAMBDA_JDK || value[0] == Tag.ARRAY) {
        Output out = new Output();
        byte[] used = definitions.get(value[1]);
        out.putVarInt(used.length);
        out.putBytes(used, 0, used.length);
        out.putVarInt(0);
        out.putByte(value[0]);
        out.putVarInt(0);
        out.putBytes(value, 2, value.length - 2);
        seeds.add(Arrays.copyOf(out.array(), out.length()));
      }
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    FuzzBound.check(
        data.length,
        () -> {
          Decoder decoder = FuzzCodec.empty();
          try {
            Input in = new Input(data, 0, data.length);
            for (int id = 0; ; id++) {
              int length = in.getVarInt();
              if (length == 0) {
                break;
              }
              int from = in.skip(length);
              decoder.define(id, new Input(data, from, from + length));
            }
            return FuzzCodec.decode(decoder, data, in.position(), new byte[][] {new byte[100]});
          } catch (DecodingException e) { // of a definition: the connection would be over
            FuzzCodec.checkLoaded();
            return e;
          }
        });
  }
}
