package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.core.SerializableFunction;
import dev.tandem.pools.RemoteTaskException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the bytes are: a value or a [DecodingException], soon, and with little memory.
class HostileInputTest {
  private static final long SEED = 4711;

  private final Wire wire = new Wire();
  private final List<byte[]> samples = new ArrayList<>();

  HostileInputTest() throws Exception {
    String text = "captured";
    SerializableFunction<Integer, String> lambda = n -> text + n;
    samples.add(encode(lambda));
    RoundTripTest.everything()
        .filter(value -> !(value instanceof String s && s.length() > 1000))
        .filter(value -> !(value instanceof double[] d && d.length > 1000))
        .forEach(value -> samples.add(encode(value)));
    samples.add(encode(new Object[] {RoundTripTest.everything().limit(10).toArray(), "x", 5}));
  }

  private byte[] encode(Object value) {
    wire.out.reset();
    try {
      wire.encoder.encode(value, wire.out);
      wire.transfer();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return Arrays.copyOf(wire.out.array(), wire.out.length());
  }

  /// {@return whether the bytes were taken for a value}
  private boolean decode(byte[] bytes) {
    long before = AllocatedBytes.now();
    Input in = new Input(bytes, 0, bytes.length, new byte[][] {new byte[100_000]});
    boolean decoded = true;
    try {
      wire.decoder.decode(in);
    } catch (DecodingException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      decoded = false;
    }
    long allocated = AllocatedBytes.now() - before;
    assertThat(allocated)
        .as("%d bytes in", bytes.length)
        .isLessThan(8_000_000 + 200L * bytes.length);
    assertThat(in.position()).isLessThanOrEqualTo(bytes.length);
    return decoded;
  }

  @Test
  void truncatedValuesAreBroken() {
    for (byte[] sample : samples) {
      for (int length = 0; length < sample.length; length += 1 + sample.length / 200) {
        assertThat(decode(Arrays.copyOf(sample, length))).isFalse();
      }
    }
  }

  @Test
  void changedValuesDoNoHarm() {
    Random random = new Random(SEED);
    for (int round = 0; round < 30_000; round++) {
      byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(bytes.length);
        bytes[at] = (byte) (random.nextInt(3) == 0 ? 0xff : random.nextInt(256));
      }
      decode(bytes);
    }
  }

  @Test
  void randomBytesDoNoHarm() {
    Random random = new Random(SEED);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && round % 2 == 0) {
        bytes[0] = (byte) random.nextInt(80);
      }
      decode(bytes);
    }
  }

  @Test
  void hugeCountsAllocateNothing() {
    for (int tag = 0; tag < 256; tag++) {
      Output out = new Output();
      for (int level = 0; level < 150; level++) {
        out.putByte(tag);
        out.putVarInt(tag == Tag.ARRAY ? 0 : Integer.MAX_VALUE);
        out.putVarInt(Integer.MAX_VALUE - 8);
      }
      decode(Arrays.copyOf(out.array(), out.length()));
      out.reset();
      for (int level = 0; level < 150; level++) { // each claims as much as there is
        out.putByte(tag);
        out.putVarInt(100_000);
      }
      decode(Arrays.copyOf(out.array(), 200_000));
    }
  }

  @Test
  void deepNestingIsBroken() {
    byte[] bytes = new byte[1_000_000];
    Arrays.fill(bytes, (byte) Tag.OPTIONAL);
    assertThat(decode(bytes)).isFalse();
    Arrays.fill(bytes, (byte) Tag.SINGLETON_LIST);
    assertThat(decode(bytes)).isFalse();
  }

  @Test
  void unknownNumbersAreBroken() {
    for (int tag :
        new int[] {Tag.REFERENCE, Tag.RECORD, Tag.ENUM, Tag.ARRAY, Tag.LAMBDA, Tag.BYTES_BLOB}) {
      Output out = new Output();
      out.putByte(tag);
      out.putVarInt(-1);
      assertThat(decode(Arrays.copyOf(out.array(), out.length()))).isFalse();
      out.reset();
      out.putByte(tag);
      out.putVarInt(5_000_000);
      assertThat(decode(Arrays.copyOf(out.array(), out.length()))).isFalse();
    }
  }

  @Test
  void aBlobIsHandedOutOnce() {
    Output out = new Output();
    out.putByte(Tag.OBJECTS);
    out.putVarInt(2);
    for (int i = 0; i < 2; i++) {
      out.putByte(Tag.BYTES_BLOB);
      out.putVarInt(0);
    }
    assertThat(decode(Arrays.copyOf(out.array(), out.length()))).isFalse();
  }

  @Test
  void changedDefinitionsDoNoHarm() throws Exception {
    Random random = new Random(SEED);
    String text = "captured";
    SerializableFunction<Integer, String> lambda = n -> text + n;
    Object[] values = {
      lambda, new RoundTripTest.Point(1, 2), RoundTripTest.Shape.SQUARE, new Long[1]
    };
    for (int round = 0; round < 4_000; round++) {
      Object value = values[round % values.length];
      Wire fresh = new Wire();
      fresh.encoder.encode(value, fresh.out);
      byte[] definition = fresh.encoder.definition(fresh.out.definition(0)).clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        definition[random.nextInt(definition.length)] = (byte) random.nextInt(256);
      }
      try {
        fresh.decoder.define(
            0,
            new Input(
                definition,
                0,
                random.nextInt(10) == 0 ? random.nextInt(definition.length) : definition.length));
        fresh.decoder.decode(new Input(fresh.out.array(), 0, fresh.out.length()));
      } catch (DecodingException e) {
        assertThat(e).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void aLambdaThatWasNeverWrittenIsNotMade() throws Exception {
    SerializableFunction<String, Integer> lambda = String::length;
    wire.out.reset();
    wire.encoder.encode(lambda, wire.out);
    int id = wire.out.definition(0);
    byte[] definition = wire.encoder.definition(id);
    byte[] forged =
        new String(definition, java.nio.charset.StandardCharsets.ISO_8859_1)
            .replace("length", "strip_")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    wire.decoder.define(id, new Input(forged, 0, forged.length));
    Input in = new Input(wire.out.array(), 0, wire.out.length());
    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> wire.decoder.decode(in))
        .withMessageContaining("no such lambda");
  }

  @Test
  void changedFailuresDoNoHarm() {
    Random random = new Random(SEED);
    wire.out.reset();
    wire.encoder.encodeFailure(new IllegalStateException("a", new RuntimeException("b")), wire.out);
    byte[] sample = Arrays.copyOf(wire.out.array(), wire.out.length());
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = Arrays.copyOf(sample, 1 + random.nextInt(sample.length));
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(wire.decoder.decodeFailure(new Input(bytes, 0, bytes.length))).isNotNull();
    }
    assertThat(wire.decoder.decodeFailure(new Input(new byte[0], 0, 0)))
        .isInstanceOf(RemoteTaskException.class);
  }

  @Test
  void manyCollectionsOfOneSizeAreStillFast() throws Exception {
    HashMap<Object, Object> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      map.put(List.of(i), new int[] {i});
    }
    assertThat(wire.send(map)).hasSize(20_000);
  }

  /// {@return arrays inside of each other, in the format of the JDK's serialization}
  ///
  /// @param length what each says that it has
  private static byte[] nestedArrays(int depth, int length) throws IOException {
    return nestedArrays(Object[].class, depth, length);
  }

  private static byte[] nestedArrays(Class<?> type, int depth, int length) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
    out.writeShort(ObjectStreamConstants.STREAM_VERSION);
    for (int i = 0; i < depth; i++) {
      out.writeByte(ObjectStreamConstants.TC_ARRAY);
      if (i == 0) {
        out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
        out.writeUTF(type.getName());
        out.writeLong(ObjectStreamClass.lookupAny(type).getSerialVersionUID());
        out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
        out.writeShort(0);
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        out.writeByte(ObjectStreamConstants.TC_NULL);
      } else {
        out.writeByte(ObjectStreamConstants.TC_REFERENCE);
        out.writeInt(ObjectStreamConstants.baseWireHandle);
      }
      out.writeInt(length);
    }
    Output value = new Output();
    value.putByte(Tag.JDK);
    value.putInt(bytes.size());
    value.putBytes(bytes.toByteArray(), 0, bytes.size());
    return Arrays.copyOf(value.array(), value.length());
  }

  @Test
  void arraysOfTheJdkInsideOfEachOtherClaimTheBytesOnce() throws Exception {
    for (int depth : new int[] {10, 100, 1_000}) {
      assertThat(decode(nestedArrays(depth, 20 * depth))).isFalse();
    }
  }

  @Test
  void largeArraysBesideTheStreamLendItNoBytesAndLongsTakeEight() throws Exception {
    for (int blob : new int[] {0, 4 << 20}) {
      int length = blob == 0 ? 200 : 8 << 20;
      byte[] bytes = nestedArrays(long[].class, 1, length);
      Input in = new Input(bytes, 0, bytes.length, new byte[][] {new byte[blob]});
      long before = AllocatedBytes.now();
      assertThatExceptionOfType(DecodingException.class)
          .isThrownBy(() -> wire.decoder.decode(in))
          .withMessageContaining("longer arrays than its bytes can hold");
      assertThat(AllocatedBytes.now() - before).isLessThan(8_000_000);
    }
  }
}
