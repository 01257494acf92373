package dev.tandem.pools.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Changes messages at random: the part of the fuzzer that needs no coverage.
final class FuzzMutations {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    64,
    127,
    128,
    255,
    256,
    4_095,
    65_535,
    65_536,
    1 << 20,
    (1 << 20) - 1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE - 8,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
  };

  private static final byte[][] NAMES = {
    name("dev.tandem.pools.internal.codec.FuzzCodec$Canary"),
    name("[Ldev.tandem.pools.internal.codec.FuzzCodec$Canary;"),
    name("javax.management.BadAttributeValueExpException"),
    name("java.lang.reflect.Proxy"),
  };

  private final Random random;
  private final List<byte[]> messages;

  FuzzMutations(List<byte[]> messages, Random random) {
    this.messages = messages;
    this.random = random;
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// {@return one of the messages, changed}
  byte[] next() {
    byte[] bytes = any().clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = bytes.length == 0 ? any().clone() : changed(bytes);
    }
    return bytes;
  }

  private byte[] any() {
    return messages.get(random.nextInt(messages.size()));
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> put(bytes, at, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> put(bytes, at, bytes.length - at + random.nextInt(9) - 4); // a length, almost
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> { // the rest of another
        byte[] other = any();
        int from = random.nextInt(other.length + 1);
        return joined(bytes, at, other, from, other.length);
      }
      case 6 -> { // a part once more
        return joined(bytes, at, bytes, Math.max(0, at - random.nextInt(40)), bytes.length);
      }
      case 7 -> { // a part less
        return joined(
            bytes, at, bytes, Math.min(bytes.length, at + random.nextInt(20)), bytes.length);
      }
      default -> {
        byte[] name = NAMES[random.nextInt(NAMES.length)];
        System.arraycopy(name, 0, bytes, at, Math.min(name.length, bytes.length - at));
      }
    }
    return bytes;
  }

  private void put(byte[] bytes, int at, long number) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer to = ByteBuffer.wrap(bytes).order(order);
    int left = bytes.length - at;
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] = (byte) number;
      case 1 -> {
        if (left >= 2) {
          to.putShort(at, (short) number);
        }
      }
      case 2 -> {
        if (left >= 4) {
          to.putInt(at, (int) number);
        }
      }
      default -> {
        if (left >= 8) {
          to.putLong(at, number);
        }
      }
    }
  }

  private static byte[] joined(byte[] first, int end, byte[] second, int from, int to) {
    byte[] all = Arrays.copyOf(first, end + to - from);
    System.arraycopy(second, from, all, end, to - from);
    return all;
  }
}
