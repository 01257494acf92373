package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.List;

/// The shared memory of a pool as the application's JVM and as a worker have it, both in this JVM:
/// they map the same files twice.
final class TwoSides implements AutoCloseable {
  private static final ClassLoader LOADER = TwoSides.class.getClassLoader();

  private final Encoder ownersEncoder = new Encoder();
  private final Encoder workersEncoder = new Encoder();
  final OwnedFiles owned;
  final OpenedFiles opened = new OpenedFiles(workersEncoder);

  TwoSides(Path... directories) {
    owned = new OwnedFiles("pool", ownersEncoder, List.of(directories), _ -> {});
  }

  /// {@return what a worker gets for something that the application sends}
  <T> T sendToWorker(T value) throws NotSerializableException, DecodingException {
    return decode(encode(value), value);
  }

  /// {@return what the application sends}
  Input encode(Object value) throws NotSerializableException {
    return encode(value, ownersEncoder);
  }

  private static Input encode(Object value, Encoder encoder) throws NotSerializableException {
    Output out = new Output();
    encoder.encode(value, out);
    return new Input(out.array(), 0, out.length());
  }

  @SuppressWarnings("unchecked")
  <T> T decode(Input in, T like) throws DecodingException {
    return (T) new Decoder(new TypeFilter(List.of(), LOADER), LOADER, opened).decode(in);
  }

  /// {@return what the application gets for something that a worker sends}
  @SuppressWarnings("unchecked")
  <T> T sendToOwner(T value) throws NotSerializableException, DecodingException {
    Input in = encode(value, workersEncoder);
    return (T) new Decoder(new TypeFilter(List.of(), LOADER), LOADER, owned).decode(in);
  }

  @Override
  public void close() {
    owned.close();
    opened.sweep();
  }
}
