package dev.tandem.pools.internal.codec;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An encoder, a decoder, and what the engine does between them.
final class Wire {
  final Encoder encoder;
  final TypeFilter filter;
  final Decoder decoder;
  final Output out = new Output();
  private final Set<Integer> sent = new HashSet<>();

  Wire(String... patterns) {
    this(Wire.class.getClassLoader(), patterns);
    filter.allowOriginOf(Wire.class);
  }

  Wire(ClassLoader loader, String... patterns) {
    filter = new TypeFilter(List.of(patterns), loader);
    encoder = new Encoder(filter);
    decoder = new Decoder(filter, loader, HandleOpener.NONE);
  }

  /// {@return a copy of a value}
  <T> T send(T value) throws NotSerializableException, DecodingException {
    out.reset();
    encoder.encode(value, out);
    return receive(value);
  }

  /// {@return a copy of a body}
  <T> T sendBody(T body) throws NotSerializableException, DecodingException {
    out.reset();
    encoder.encodeBody(body, out);
    return receive(body);
  }

  @SuppressWarnings("unchecked")
  private <T> T receive(T value) throws DecodingException {
    Input in = transfer();
    T copy = (T) decoder.decode(in);
    if (in.remaining() > 0) {
      throw new AssertionError(in.remaining() + " bytes left of " + value);
    }
    return copy;
  }

  Throwable sendFailure(Throwable failure) throws DecodingException {
    out.reset();
    encoder.encodeFailure(failure, out);
    return decoder.decodeFailure(transfer());
  }

  /// Defines what is used, and hands the bytes over.
  Input transfer() throws DecodingException {
    for (int i = 0; i < out.definitionCount(); i++) {
      int id = out.definition(i);
      if (sent.add(id)) {
        byte[] definition = encoder.definition(id);
        decoder.define(id, new Input(definition, 0, definition.length));
      }
    }
    byte[][] blobs = new byte[out.blobs().size()][];
    for (int i = 0; i < blobs.length; i++) {
      ByteBuffer blob = out.blobs().get(i).duplicate();
      blobs[i] = new byte[blob.remaining()];
      blob.get(blobs[i]);
    }
    return new Input(Arrays.copyOf(out.array(), out.length()), 0, out.length(), blobs);
  }

  /// {@return the tag with which a value was written last}
  int tag() {
    return out.array()[0];
  }
}
