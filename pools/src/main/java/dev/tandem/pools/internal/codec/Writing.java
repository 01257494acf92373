package dev.tandem.pools.internal.codec;

import org.jspecify.annotations.Nullable;

/// The state of one encoding, kept with the output for the next one.
final class Writing {
  /// The limit on depth. The JDK's serialization writes deeper values, and so also cycles through
  /// objects that cannot be numbered before their parts are written.
  static final int MAX_DEPTH = 500;

  final Encoder encoder;
  final Output out;
  final ObjectNumbers seen = new ObjectNumbers();
  private int depth;

  /// The body that is encoded; null if it is a value that is handed over.
  private @Nullable Object body;

  /// Whether a copy of an object of a shared kind was written, as the configuration allows.
  private boolean copied;

  Writing(Encoder encoder, Output out) {
    this.encoder = encoder;
    this.out = out;
  }

  void write(@Nullable Object value) {
    if (value == null) {
      out.putByte(Tag.NULL);
    } else if (value instanceof String text) {
      Texts.put(text, out);
    } else if (value instanceof Integer number) {
      out.putByte(Tag.INT);
      out.putInt(number);
    } else if (value instanceof Long number) {
      out.putByte(Tag.LONG);
      out.putLong(number);
    } else if (value instanceof Double number) {
      out.putByte(Tag.DOUBLE);
      out.putLong(Double.doubleToRawLongBits(number));
    } else {
      if (++depth > MAX_DEPTH) {
        throw NeedsJdk.SIGNAL;
      }
      encoder.writer(value.getClass()).write(value, this);
      depth--;
    }
  }

  /// Begins a value.
  ///
  /// @param ofBody the value if it is a body, which must not capture objects that are made to be
  ///   shared; else null
  void begin(@Nullable Object ofBody) {
    body = ofBody;
    copied = false;
  }

  /// Checks an object that a body captures, or a part of it.
  ///
  /// @throws SharedObject if the object is of a shared kind, and the configuration does not allow
  ///   copies of it
  void checkCaptured(Object object) {
    if (body == null || SharedKind.of(object) == null) {
      return;
    }
    if (encoder.copies(object.getClass())) {
      copied = true;
    } else if (copied && Diagnosis.search(body, encoder) == null) {
      body = null; // a part of what is copied, such as the lock of a queue
    } else {
      throw new SharedObject(object);
    }
  }

  int depth() {
    return depth;
  }

  /// Puts the tag of a value, and the definition that the receiver needs for it.
  void begin(int tag, int definition) {
    out.putByte(tag);
    out.use(definition);
    out.putVarInt(definition);
  }

  /// Puts a reference, if the object was written before.
  ///
  /// @return whether it was
  boolean reference(Object object) {
    int number = seen.find(object);
    if (number < 0) {
      return false;
    }
    out.putByte(Tag.REFERENCE);
    out.putVarInt(number);
    return true;
  }

  void clear() {
    depth = 0;
    seen.clear();
  }

  /// The signal that a body captures an object that is made to be shared. Has no stack; never
  /// leaves the encoder.
  static final class SharedObject extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient Object object;

    private SharedObject(Object object) {
      super(null, null, false, false);
      this.object = object;
    }
  }

  /// The signal that a value has a part that Tandem's format does not know, so that the JDK's
  /// serialization must write the whole value. Has no stack; never leaves the encoder.
  static final class NeedsJdk extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack and suppresses nothing
    static final NeedsJdk SIGNAL = new NeedsJdk();

    private NeedsJdk() {
      super(null, null, false, false);
    }
  }
}
