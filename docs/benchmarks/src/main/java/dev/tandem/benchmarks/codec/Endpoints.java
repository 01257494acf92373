package dev.tandem.benchmarks.codec;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Both ends of a connection, and a value that goes through it.
final class Endpoints {
  private final Object value;
  private final Encoder encoder = new Encoder();
  private final Output out = new Output();
  private final Decoder decoder;
  private final byte[] encoded;
  private final byte[] serialized;

  Endpoints(Object value) {
    this.value = value;
    ClassLoader loader = Endpoints.class.getClassLoader();
    TypeFilter filter = new TypeFilter(List.of(), loader);
    filter.allowOriginOf(Endpoints.class);
    decoder = new Decoder(filter, loader, HandleOpener.NONE);
    try {
      encoder.encode(value, out);
      for (int i = 0; i < out.definitionCount(); i++) {
        byte[] definition = encoder.definition(out.definition(i));
        decoder.define(out.definition(i), new Input(definition, 0, definition.length));
      }
      encoded = Arrays.copyOf(out.array(), out.length());
      serialized = serialize().toByteArray();
    } catch (IOException | DecodingException e) {
      throw new IllegalStateException(e);
    }
  }

  Output encode() throws IOException {
    out.reset();
    encoder.encode(value, out);
    return out;
  }

  @Nullable Object decode() throws DecodingException {
    return decoder.decode(new Input(encoded, 0, encoded.length));
  }

  ByteArrayOutputStream serialize() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(value);
    }
    return bytes;
  }

  Object deserialize() throws IOException, ClassNotFoundException {
    try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(serialized))) {
      return stream.readObject();
    }
  }
}
