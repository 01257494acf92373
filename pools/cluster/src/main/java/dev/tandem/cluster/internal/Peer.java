package dev.tandem.cluster.internal;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.util.BitSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// What one encoder of another JVM has sent so far: the decoders for its messages. Thread-safe.
final class Peer {
  /// A decoder serves one thread at a time; so there are as many as threads have needed at once.
  private final ConcurrentLinkedDeque<Kept> idle = new ConcurrentLinkedDeque<>();

  private final TypeFilter filter;
  private final ClassLoader loader;

  Peer(TypeFilter filter, ClassLoader loader) {
    this.filter = filter;
    this.loader = loader;
  }

  TypeFilter filter() {
    return filter;
  }

  /// What to do with a decoder that knows a message's definitions.
  interface Reader<R extends @Nullable Object> {
    R read(Decoder decoder) throws DecodingException;
  }

  /// {@return what the reader returns}
  ///
  /// @param message one of this peer's messages
  <R extends @Nullable Object> R read(Envelope message, Reader<R> reader) throws DecodingException {
    Kept kept = idle.pollFirst();
    if (kept == null) {
      kept = new Kept(new Decoder(filter, loader, HandleOpener.NONE), new BitSet());
    }
    try {
      message.defineIn(kept.decoder, kept.known);
      return reader.read(kept.decoder);
    } finally {
      idle.addFirst(kept);
    }
  }

  private record Kept(Decoder decoder, BitSet known) {}
}
