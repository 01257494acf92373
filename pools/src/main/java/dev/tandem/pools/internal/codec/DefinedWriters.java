package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Writing.NeedsJdk;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/// Writers of objects that need a definition: see [Definition].
final class DefinedWriters {
  private DefinedWriters() {}

  /// A record.
  static final class OfRecord extends Writer {
    /// The depth from which records inside of records are numbered. A record above it, of which a
    /// value may have many, arrives as several equal ones if it is referred to several times;
    /// without numbers below, records that share parts level by level would double with each level.
    private static final int SHARED_FROM = 5;

    private final int id;
    private final Parts parts;

    OfRecord(int id, Parts parts) {
      this.id = id;
      this.parts = parts;
    }

    @Override
    void write(Object object, Writing to) {
      boolean shared = to.depth() >= SHARED_FROM;
      if (shared && to.reference(object)) {
        return;
      }
      to.begin(shared ? Tag.SHARED_RECORD : Tag.RECORD, id);
      parts.write(object, to);
      if (shared) {
        to.seen.add(object);
      }
    }
  }

  /// A constant of an enum.
  static final class OfEnum extends Writer {
    private final int id;

    OfEnum(int id) {
      this.id = id;
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // the definition has the names in this order
    void write(Object object, Writing to) {
      to.begin(Tag.ENUM, id);
      to.out.putVarInt(((Enum<?>) object).ordinal());
    }
  }

  /// An array of objects of a certain type.
  static final class OfArray extends Writer {
    private final int id;

    OfArray(int id) {
      this.id = id;
    }

    @Override
    void write(Object object, Writing to) {
      if (to.reference(object)) {
        return;
      }
      to.seen.add(object);
      to.begin(Tag.ARRAY, id);
      Containers.elements((@Nullable Object[]) object, to);
    }
  }

  /// A lambda. Its site is known from the first instance on: only an instance shows it.
  static final class OfLambda extends Writer {
    private volatile @Nullable Site site;

    @Override
    void write(Object object, Writing to) {
      Site known = site(object, to.encoder);
      if (known.captured == null) {
        if (known.count > 0) {
          throw NeedsJdk.SIGNAL;
        }
        to.begin(Tag.LAMBDA, known.id);
      } else if (!to.reference(object)) {
        to.begin(Tag.LAMBDA, known.id);
        known.captured.write(object, to);
        to.seen.add(object);
      }
    }

    Site site(Object lambda, Encoder encoder) {
      Site known = site;
      if (known == null) {
        SerializedLambda serialized = LambdaSite.serialized(lambda);
        if (serialized == null) {
          throw NeedsJdk.SIGNAL; // the JDK's serialization then reports the reason
        }
        int count = serialized.getCapturedArgCount();
        Parts captured = count == 0 ? null : LambdaSite.captured(lambda.getClass(), count);
        String kinds = captured == null ? "" : captured.kinds();
        byte[] definition = Definition.ofLambda(serialized, kinds);
        known = new Site(encoder.define(definition, lambda.getClass()), count, captured);
        site = known;
      }
      return known;
    }
  }

  /// The site of a lambda.
  ///
  /// @param count the number of captured values
  /// @param captured the access to them; null if there are none or reflection is closed
  record Site(int id, int count, @Nullable Parts captured) {}
}
