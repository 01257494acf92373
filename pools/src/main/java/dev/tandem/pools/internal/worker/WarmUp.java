package dev.tandem.pools.internal.worker;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableFunction;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;

/// The work of a worker that is recorded for an AOT cache, and of a spare while it waits: loads and
/// links what the first tasks need.
final class WarmUp {
  private static final int ROUNDS = 3;

  private WarmUp() {}

  private record Sample(int number, String text, double value, List<Long> values) {}

  static void run(ClassLoader loader) throws NotSerializableException, DecodingException {
    int captured = 7;
    String text = "text";
    SerializableCallable<Object> body = () -> text + captured;
    SerializableFunction<Integer, Integer> function = i -> i + 1;
    Object[] samples = {
      1,
      2L,
      0.5,
      true,
      "text",
      new int[] {1, 2},
      new byte[] {3},
      new double[] {0.5},
      List.of(1, 2, 3),
      Map.of("a", 1),
      new Sample(1, "a", 0.5, List.of(1L)),
      body,
      function
    };
    Encoder encoder = new Encoder();
    TypeFilter filter = new TypeFilter(List.of(WarmUp.class.getPackageName() + ".*"), loader);
    Decoder decoder = new Decoder(filter, loader, HandleOpener.NONE);
    Output out = new Output();
    for (int i = 0; i < ROUNDS; i++) {
      for (Object sample : samples) {
        out.reset();
        encoder.encode(sample, out);
        if (i == 0) {
          define(encoder, out, decoder);
        }
        decoder.decode(new Input(out.array(), 0, out.length()));
      }
    }
    out.reset();
    encoder.encodeFailure(new IllegalStateException("sample"), out);
  }

  private static void define(Encoder encoder, Output out, Decoder decoder)
      throws DecodingException {
    for (int k = 0; k < out.definitionCount(); k++) {
      int id = out.definition(k);
      byte[] definition = encoder.definition(id);
      decoder.define(id, new Input(definition, 0, definition.length));
    }
  }
}
