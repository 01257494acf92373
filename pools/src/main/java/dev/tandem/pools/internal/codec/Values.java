package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Writing.NeedsJdk;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Writers and readers of the JDK's values without parts.
@SuppressWarnings("JavaUtilDate") // legacy, but applications send it
final class Values {
  private Values() {}

  static void write(int tag, Object value, Output out) {
    if (tag == Tag.TRUE) {
      out.putByte((Boolean) value ? Tag.TRUE : Tag.FALSE);
      return;
    }
    if (tag == Tag.PATH && ((Path) value).getFileSystem() != FileSystems.getDefault()) {
      throw NeedsJdk.SIGNAL; // the JDK's serialization then rejects it
    }
    out.putByte(tag);
    switch (tag) {
      case Tag.BYTE -> out.putByte((Byte) value);
      case Tag.SHORT -> out.putChar((char) (short) (Short) value);
      case Tag.CHAR -> out.putChar((Character) value);
      case Tag.FLOAT -> out.putInt(Float.floatToRawIntBits((Float) value));
      case Tag.OPTIONAL_INT -> {
        OptionalInt optional = (OptionalInt) value;
        out.putByte(optional.isPresent() ? 1 : 0);
        out.putInt(optional.orElse(0));
      }
      case Tag.OPTIONAL_LONG -> {
        OptionalLong optional = (OptionalLong) value;
        out.putByte(optional.isPresent() ? 1 : 0);
        out.putLong(optional.orElse(0));
      }
      case Tag.OPTIONAL_DOUBLE -> {
        OptionalDouble optional = (OptionalDouble) value;
        out.putByte(optional.isPresent() ? 1 : 0);
        out.putLong(Double.doubleToRawLongBits(optional.orElse(0)));
      }
      case Tag.BIG_INTEGER -> putBytes(((BigInteger) value).toByteArray(), out);
      case Tag.BIG_DECIMAL -> {
        BigDecimal number = (BigDecimal) value;
        out.putInt(number.scale());
        putBytes(number.unscaledValue().toByteArray(), out);
      }
      case Tag.UUID -> {
        UUID id = (UUID) value;
        out.putLong(id.getMostSignificantBits());
        out.putLong(id.getLeastSignificantBits());
      }
      case Tag.DURATION -> {
        Duration duration = (Duration) value;
        out.putLong(duration.getSeconds());
        out.putInt(duration.getNano());
      }
      case Tag.INSTANT -> {
        Instant instant = (Instant) value;
        out.putLong(instant.getEpochSecond());
        out.putInt(instant.getNano());
      }
      case Tag.LOCAL_DATE -> out.putLong(((LocalDate) value).toEpochDay());
      case Tag.LOCAL_TIME -> out.putLong(((LocalTime) value).toNanoOfDay());
      case Tag.LOCAL_DATE_TIME -> putDateTime((LocalDateTime) value, out);
      case Tag.ZONE_ID -> out.putString(((ZoneId) value).getId());
      case Tag.OFFSET_DATE_TIME -> {
        OffsetDateTime time = (OffsetDateTime) value;
        putDateTime(time.toLocalDateTime(), out);
        out.putInt(time.getOffset().getTotalSeconds());
      }
      case Tag.ZONED_DATE_TIME -> {
        ZonedDateTime time = (ZonedDateTime) value;
        putDateTime(time.toLocalDateTime(), out);
        out.putInt(time.getOffset().getTotalSeconds());
        out.putString(time.getZone().getId());
      }
      case Tag.PERIOD -> {
        Period period = (Period) value;
        out.putInt(period.getYears());
        out.putInt(period.getMonths());
        out.putInt(period.getDays());
      }
      case Tag.DATE -> out.putLong(((Date) value).getTime());
      case Tag.URI, Tag.PATH -> out.putString(value.toString());
      default -> throw new AssertionError("tag " + tag);
    }
  }

  private static void putDateTime(LocalDateTime time, Output out) {
    out.putLong(time.toLocalDate().toEpochDay());
    out.putLong(time.toLocalTime().toNanoOfDay());
  }

  private static void putBytes(byte[] bytes, Output out) {
    out.putVarInt(bytes.length);
    out.putBytes(bytes, 0, bytes.length);
  }

  /// {@return the value whose tag has been read}
  ///
  /// @throws RuntimeException if the bytes are not those of such a value
  static Object read(int tag, Input in) throws DecodingException {
    return switch (tag) {
      case Tag.BYTE -> (Object) (byte) in.getByte(); // else all numbers would become doubles
      case Tag.SHORT -> (short) in.getChar();
      case Tag.CHAR -> in.getChar();
      case Tag.FLOAT -> Float.intBitsToFloat(in.getInt());
      case Tag.OPTIONAL_INT -> {
        boolean present = in.getByte() != 0;
        int number = in.getInt();
        yield present ? OptionalInt.of(number) : OptionalInt.empty();
      }
      case Tag.OPTIONAL_LONG -> {
        boolean present = in.getByte() != 0;
        long number = in.getLong();
        yield present ? OptionalLong.of(number) : OptionalLong.empty();
      }
      case Tag.OPTIONAL_DOUBLE -> {
        boolean present = in.getByte() != 0;
        double number = Double.longBitsToDouble(in.getLong());
        yield present ? OptionalDouble.of(number) : OptionalDouble.empty();
      }
      case Tag.BIG_INTEGER -> new BigInteger(getBytes(in));
      case Tag.BIG_DECIMAL -> {
        int scale = in.getInt();
        yield new BigDecimal(new BigInteger(getBytes(in)), scale);
      }
      case Tag.UUID -> new UUID(in.getLong(), in.getLong());
      case Tag.DURATION -> Duration.ofSeconds(in.getLong(), in.getInt());
      case Tag.INSTANT -> Instant.ofEpochSecond(in.getLong(), in.getInt());
      case Tag.LOCAL_DATE -> LocalDate.ofEpochDay(in.getLong());
      case Tag.LOCAL_TIME -> LocalTime.ofNanoOfDay(in.getLong());
      case Tag.LOCAL_DATE_TIME -> getDateTime(in);
      case Tag.ZONE_ID -> ZoneId.of(in.getString());
      case Tag.OFFSET_DATE_TIME ->
          OffsetDateTime.of(getDateTime(in), ZoneOffset.ofTotalSeconds(in.getInt()));
      case Tag.ZONED_DATE_TIME -> {
        LocalDateTime time = getDateTime(in);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(in.getInt());
        // the offset only selects between two instants of a local time when a clock was set back
        yield ZonedDateTime.ofLocal(time, ZoneId.of(in.getString()), offset);
      }
      case Tag.PERIOD -> Period.of(in.getInt(), in.getInt(), in.getInt());
      case Tag.DATE -> new Date(in.getLong());
      case Tag.URI -> java.net.URI.create(in.getString());
      case Tag.PATH -> Path.of(in.getString());
      default -> throw new DecodingException("broken message: there is no kind " + tag);
    };
  }

  private static LocalDateTime getDateTime(Input in) throws DecodingException {
    return LocalDateTime.of(
        LocalDate.ofEpochDay(in.getLong()), LocalTime.ofNanoOfDay(in.getLong()));
  }

  private static byte[] getBytes(Input in) throws DecodingException {
    return in.getBytes(in.getCount(1));
  }
}
