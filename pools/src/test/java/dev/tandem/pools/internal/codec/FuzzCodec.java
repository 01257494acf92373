package dev.tandem.pools.internal.codec;

import dev.tandem.core.SerializableFunction;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the targets of the fuzzer that decode have in common: real values of every type, their
/// definitions, a filter that accepts these types and not [Canary], and a record of what is loaded.
final class FuzzCodec {
  /// A class that no filter here accepts: it must never be asked for.
  static final class Canary implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    static {
      initialized = true;
    }

    int x = 1;
  }

  /// The same, as a part of what is accepted.
  record Cage(Object content) implements Serializable {}

  private static volatile boolean initialized;

  static final byte[] GOOD;

  private static final String HERE = "dev.tandem.pools.internal.codec.";
  private static final Set<String> ACCEPTED =
      Set.of(
          HERE + "FuzzCodec",
          HERE + "FuzzCodec$Cage",
          HERE + "RoundTripTest$Point",
          HERE + "RoundTripTest$All",
          HERE + "RoundTripTest$Empty",
          HERE + "RoundTripTest$Plain",
          HERE + "RoundTripTest$Shape");

  /// Remembers what it is asked for. It defines no class, so all that it is asked for is asked for
  /// by a decoder.
  private static final class Loader extends ClassLoader {
    final Set<String> asked = new HashSet<>();

    Loader() {
      super(FuzzCodec.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      return super.loadClass(name, resolve);
    }
  }

  private static final Loader LOADER = new Loader();
  private static final TypeFilter FILTER = new TypeFilter(ACCEPTED, LOADER);
  private static final Encoder ENCODER = new Encoder(FILTER);
  private static final List<byte[]> VALUES = new ArrayList<>();
  private static final List<byte[]> DEFINITIONS = new ArrayList<>();

  static {
    Canary canary = new Canary();
    initialized = false; // the encoder has one; a decoder must not
    RoundTripTest.everything().forEach(FuzzCodec::addValue);
    String text = "captured";
    SerializableFunction<Integer, String> capturing = n -> text + n;
    SerializableFunction<Integer, String> plain = n -> "x" + n;
    addValue(capturing);
    addValue(plain);
    addValue(new Object[] {capturing, capturing, plain, List.of(1), List.of(List.of())});
    addValue(new Object[] {new RoundTripTest.Plain("p"), new RoundTripTest.Shape[1][2]});
    addValue(canary);
    addValue(new Cage(canary));
    Object[] twice = {new RoundTripTest.Point(1, 2), new ArrayList<>(List.of("a")), null};
    twice[2] = twice[1];
    addValue(twice);
    GOOD = encode(twice);
  }

  private FuzzCodec() {}

  private static void addValue(Object value) {
    byte[] bytes = encode(value);
    if (bytes.length < 1_500) {
      VALUES.add(bytes);
    }
  }

  private static byte[] encode(Object value) {
    Output out = new Output();
    try {
      ENCODER.encode(value, out);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < out.definitionCount(); i++) {
      for (int id = DEFINITIONS.size(); id <= out.definition(i); id++) {
        DEFINITIONS.add(ENCODER.definition(id));
      }
    }
    return Arrays.copyOf(out.array(), out.length());
  }

  /// {@return encoded values of every type, which need the [definitions][#decoder()]}
  static List<byte[]> values() {
    return List.copyOf(VALUES);
  }

  static List<byte[]> definitions() {
    return List.copyOf(DEFINITIONS);
  }

  static Encoder encoder() {
    return ENCODER;
  }

  /// {@return a decoder that has no definition}
  static Decoder empty() {
    LOADER.asked.clear();
    return new Decoder(FILTER, LOADER, HandleOpener.NONE);
  }

  /// {@return a decoder that has the definitions of all values}
  static Decoder decoder() throws DecodingException {
    Decoder decoder = empty();
    for (int i = 0; i < DEFINITIONS.size(); i++) {
      byte[] definition = DEFINITIONS.get(i);
      decoder.define(i, new Input(definition, 0, definition.length));
    }
    return decoder;
  }

  /// Decodes what may be anything, and checks that it ends as the Javadoc says.
  ///
  /// @return how decoding failed; null if it did not
  static @Nullable Throwable decode(Decoder decoder, byte[] bytes, int from, byte[][] blobs) {
    Throwable failure = null;
    Input in = new Input(bytes, from, bytes.length, blobs);
    try {
      decoder.decode(in);
    } catch (DecodingException e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError("a failure without a message", e);
      }
      checkCause(e.getCause());
      failure = e;
    }
    if (in.position() < from || in.position() > bytes.length) {
      throw new AssertionError("read up to %s of %s".formatted(in.position(), bytes.length));
    }
    checkLoaded();
    return failure;
  }

  /// Checks that the decoder has found out by itself that a number cannot be, and did not hit the
  /// end of an array by it: by luck, it might have found another object there. The parts of a
  /// [Carrier] may be any.
  private static void checkCause(@Nullable Throwable cause) {
    if (cause instanceof IndexOutOfBoundsException || cause instanceof NegativeArraySizeException) {
      StackTraceElement[] stack = cause.getStackTrace();
      String at = stack.length == 0 ? "" : stack[0].getClassName();
      if (at.startsWith(HERE) && !at.equals(Carrier.class.getName())) {
        throw new AssertionError("a number was not checked", cause);
      }
    }
  }

  /// Checks that a decoder can go on after anything.
  static void checkUsable(Decoder decoder) throws DecodingException {
    Object[] good = (Object[]) decoder.decode(new Input(GOOD, 0, GOOD.length));
    if (good == null
        || !good[0].equals(new RoundTripTest.Point(1, 2))
        || !good[1].equals(List.of("a"))
        || good[1] != good[2]) {
      throw new AssertionError("a decoder that goes wrong afterwards: " + Arrays.toString(good));
    }
  }

  /// Checks that no class was asked for that is not accepted.
  static void checkLoaded() {
    for (String name : LOADER.asked) {
      boolean accepted =
          ACCEPTED.contains(name)
              || (!name.startsWith("dev.tandem.pools.internal.codec.Fuzz")
                  && FILTER.isAllowed(name));
      if (!accepted) {
        throw new AssertionError("a class was loaded that is not accepted: " + name);
      }
    }
    if (initialized) {
      throw new AssertionError("a class was initialized that is not accepted");
    }
  }
}
