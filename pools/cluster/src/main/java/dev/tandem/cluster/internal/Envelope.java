package dev.tandem.cluster.internal;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/// A message between two JVMs of a cluster: what an encoder has written, and all the definitions
/// that it needs. Messages overtake each other, and a member may forget; so each is complete.
final class Envelope {
  /*
   * kind (a byte), where the content is, sender (two longs), definitions (count; of each number, length, bytes), blobs (count; length of
   * each), length of the content, content, the bytes of the blobs.
   */
  private static final int HEAD = 1 + 2 * Long.BYTES + 4 * Integer.BYTES;

  /// The limit on the bytes that are encoded for one message.
  static final long MOST_BYTES = 1L << 30;

  private final UUID sender;
  private final int[] ids;
  private final Input[] definitions;
  private final Input content;

  private Envelope(UUID sender, int[] ids, Input[] definitions, Input content) {
    this.sender = sender;
    this.ids = ids;
    this.definitions = definitions;
    this.content = content;
  }

  /// {@return the message}
  ///
  /// @param kind one of [Wire]'s
  /// @param sender the number of the encoder
  /// @param head what comes before the body; uses no definition
  /// @param body what the encoder has written
  /// @throws NotSerializableException if it would be too long
  static byte[] seal(int kind, UUID sender, Encoder encoder, Output head, Output body)
      throws NotSerializableException {
    byte[][] definitions = new byte[body.definitionCount()][];
    long length = HEAD + (long) head.length() + body.length() + body.blobBytes();
    for (int i = 0; i < definitions.length; i++) {
      definitions[i] = encoder.definition(body.definition(i));
      length += 2 * Integer.BYTES + definitions[i].length;
    }
    List<ByteBuffer> blobs = body.blobs();
    length += (long) Integer.BYTES * blobs.size();
    if (length > Output.LARGEST_ARRAY) {
      throw new NotSerializableException(
          "a message of %s bytes (expected: at most %s)".formatted(length, Output.LARGEST_ARRAY));
    }
    ByteBuffer out = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN); // as Input
    out.put((byte) kind);
    out.putInt(0);
    out.putLong(sender.getMostSignificantBits()).putLong(sender.getLeastSignificantBits());
    out.putInt(definitions.length);
    for (int i = 0; i < definitions.length; i++) {
      out.putInt(body.definition(i)).putInt(definitions[i].length).put(definitions[i]);
    }
    out.putInt(blobs.size());
    blobs.forEach(blob -> out.putInt(blob.remaining()));
    out.putInt(head.length() + body.length());
    out.putInt(1, out.position());
    out.put(head.array(), 0, head.length()).put(body.array(), 0, body.length());
    blobs.forEach(blob -> out.put(blob.duplicate()));
    return out.array();
  }

  /// {@return the kind of a message; -1 if the bytes are none}
  static int kind(byte[] bytes) {
    return bytes.length == 0 ? -1 : bytes[0];
  }

  /// {@return the message with this number as the first of its content}
  static byte[] numbered(byte[] message, long number) {
    ByteBuffer out = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(out.getInt(1), number);
    return message;
  }

  /// {@return the message that these bytes are}
  ///
  /// @throws DecodingException if they are none
  static Envelope open(byte[] bytes) throws DecodingException {
    Input in = new Input(bytes, 0, bytes.length);
    in.skip(1 + Integer.BYTES);
    UUID sender = new UUID(in.getLong(), in.getLong());
    int count = count(in, 2 * Integer.BYTES);
    int[] ids = new int[count];
    Input[] definitions = new Input[count];
    for (int i = 0; i < count; i++) {
      ids[i] = in.getInt();
      int length = in.getInt();
      int from = in.skip(length);
      definitions[i] = new Input(bytes, from, from + length);
    }
    int[] lengths = new int[count(in, Integer.BYTES)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = in.getInt();
    }
    int length = in.getInt();
    int from = in.skip(length);
    byte[][] blobs = new byte[lengths.length][];
    for (int i = 0; i < blobs.length; i++) {
      blobs[i] = in.getBytes(lengths[i]);
    }
    return new Envelope(sender, ids, definitions, new Input(bytes, from, from + length, blobs));
  }

  private static int count(Input in, int size) throws DecodingException {
    int count = in.getInt();
    if (count < 0 || (long) count * size > in.remaining()) {
      throw new DecodingException(
          "broken message: %s elements where %s bytes are left".formatted(count, in.remaining()));
    }
    return count;
  }

  /// {@return the number of the encoder that has written it}
  UUID sender() {
    return sender;
  }

  Input content() {
    return content;
  }

  /// Makes its definitions known to a decoder.
  ///
  /// @param known the numbers that the decoder knows already
  void defineIn(Decoder decoder, BitSet known) throws DecodingException {
    for (int i = 0; i < ids.length; i++) {
      int id = ids[i];
      if (id < 0 || !known.get(id)) {
        decoder.define(id, definitions[i]); // checks the number
        known.set(id);
      }
    }
  }
}
