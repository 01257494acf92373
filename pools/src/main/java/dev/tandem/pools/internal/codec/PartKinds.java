package dev.tandem.pools.internal.codec;

import org.jspecify.annotations.Nullable;

/// Writers and readers of the parts of a record or the captured values of a lambda: primitives have
/// no tag, because the receiver knows their types.
final class PartKinds {
  private PartKinds() {}

  /// {@return the next part}
  ///
  /// @param kind the first character of the descriptor of its type
  static @Nullable Object read(int kind, Reading from) throws DecodingException {
    return switch (kind) {
      case 'I' -> (Object) getI(from); // without the cast, all numbers would become doubles
      case 'J' -> getJ(from);
      case 'D' -> getD(from);
      case 'F' -> getF(from);
      case 'Z' -> getZ(from);
      case 'B' -> getB(from);
      case 'S' -> getS(from);
      case 'C' -> getC(from);
      default -> from.read();
    };
  }

  static void put(int value, Writing to) {
    to.out.putInt(value);
  }

  static void put(long value, Writing to) {
    to.out.putLong(value);
  }

  static void put(double value, Writing to) {
    to.out.putLong(Double.doubleToRawLongBits(value));
  }

  static void put(float value, Writing to) {
    to.out.putInt(Float.floatToRawIntBits(value));
  }

  static void put(boolean value, Writing to) {
    to.out.putByte(value ? 1 : 0);
  }

  static void put(byte value, Writing to) {
    to.out.putByte(value);
  }

  static void put(short value, Writing to) {
    to.out.putChar((char) value);
  }

  static void put(char value, Writing to) {
    to.out.putChar(value);
  }

  static void put(@Nullable Object value, Writing to) {
    to.write(value);
  }

  static int getI(Reading from) throws DecodingException {
    return from.in().getInt();
  }

  static long getJ(Reading from) throws DecodingException {
    return from.in().getLong();
  }

  static double getD(Reading from) throws DecodingException {
    return Double.longBitsToDouble(from.in().getLong());
  }

  static float getF(Reading from) throws DecodingException {
    return Float.intBitsToFloat(from.in().getInt());
  }

  static boolean getZ(Reading from) throws DecodingException {
    return from.in().getByte() != 0;
  }

  static byte getB(Reading from) throws DecodingException {
    return (byte) from.in().getByte();
  }

  static short getS(Reading from) throws DecodingException {
    return (short) from.in().getChar();
  }

  static char getC(Reading from) throws DecodingException {
    return from.in().getChar();
  }

  static @Nullable Object getL(Reading from) throws DecodingException {
    return from.read();
  }
}
