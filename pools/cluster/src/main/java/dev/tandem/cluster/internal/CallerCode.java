package dev.tandem.cluster.internal;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.internal.codec.ApplicationCode;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.NotSerializableException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The caller's side of the codec: requests are encoded with one encoder, for all members; replies
/// are decoded with what each member's encoder has defined. Thread-safe.
final class CallerCode {
  private static final int MOST_MEMBERS = 4096;

  final Encoder encoder;
  final UUID id = UUID.randomUUID();
  private final ClassLoader loader;
  private final TypeFilter filter;
  private final ApplicationCode application;
  private final String hazelcastExecutor;
  private final LoadingCache<UUID, Peer> members;

  CallerCode(List<String> allowed, String hazelcastExecutor) {
    this.loader = ContextLoader.thatFinds(CallerCode.class);
    this.filter = new TypeFilter(allowed, loader);
    this.encoder = new Encoder(filter);
    this.application = new ApplicationCode(filter, encoder, loader);
    this.hazelcastExecutor = hazelcastExecutor;
    this.members =
        CacheBuilder.newBuilder()
            .maximumSize(MOST_MEMBERS)
            .build(CacheLoader.from(_ -> new Peer(filter, loader)));
  }

  /// A message to a member.
  ///
  /// @param bytes the message
  /// @param guest the loader that finds the classes of the reply; null if this side's does
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Request(byte[] bytes, @Nullable ClassLoader guest) {
    /// {@return the message with the number of an attempt} A message is sent again only after it
    /// was lost with its member.
    byte[] bytes(Attempt attempt) {
      return Envelope.numbered(bytes, attempt.number);
    }
  }

  /// {@return a message with what was encoded}
  ///
  /// @param timeoutNanos how long it may run; 0 for ever
  /// @param task the name of the task; empty if it has none of its own
  /// @param code the class of the body or the function
  /// @param body what [#encoder] has written
  /// @throws NotSerializableException if it would be too long
  Request seal(int kind, String task, long timeoutNanos, Class<?> code, Output body)
      throws NotSerializableException {
    int[] used = new int[body.definitionCount()];
    for (int i = 0; i < used.length; i++) {
      used[i] = body.definition(i);
    }
    ClassLoader guest = application.allow(code, used);
    Output head = new Output();
    head.putLong(0); // the attempt's number
    head.putLong(timeoutNanos);
    head.putString(hazelcastExecutor);
    head.putString(task);
    int names = application.count();
    head.putVarInt(names);
    for (int i = 0; i < names; i++) {
      head.putString(application.name(i));
    }
    return new Request(Envelope.seal(kind, id, encoder, head, body), guest);
  }

  /// What to do with a reply.
  interface Reader {
    void read(Decoder decoder, Input content) throws DecodingException;
  }

  /// Reads a reply.
  ///
  /// @param guest the loader that finds its classes; null if this side's does
  void read(byte[] reply, @Nullable ClassLoader guest, Reader reader) throws DecodingException {
    Envelope message = Envelope.open(reply);
    Peer member = members.getUnchecked(message.sender());
    var _ =
        member.<@Nullable Void>read(
            message,
            decoder -> {
              reader.read(decoder.in(guest), message.content());
              return null;
            });
  }
}
