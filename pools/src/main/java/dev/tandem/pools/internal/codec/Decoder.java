package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes objects of bytes that came through one connection. Not thread-safe.
public final class Decoder {
  /// Far more than a program has sites of lambdas and classes of records.
  private static final int MOST_DEFINITIONS = 1 << 20;

  private final TypeFilter filter;
  private final ClassLoader loader;
  private final Reading reading = new Reading(this);
  private @Nullable Linked[] definitions = new @Nullable Linked[16];

  /// Creates one.
  ///
  /// @param filter which classes may be decoded
  /// @param loader where they are found
  public Decoder(TypeFilter filter, ClassLoader loader) {
    this.filter = filter;
    this.loader = loader;
  }

  /// Notes a definition. No class is loaded before something uses it: one that is missing or
  /// refused fails what uses it, not the connection.
  ///
  /// @param id its number
  /// @param in what [Encoder#definition(int)] has returned
  /// @throws DecodingException if the bytes are not a definition
  public void define(int id, Input in) throws DecodingException {
    if (id < 0 || id >= MOST_DEFINITIONS) {
      throw new DecodingException("broken message: definition " + id);
    }
    if (id >= definitions.length) {
      definitions = Arrays.copyOf(definitions, Integer.highestOneBit(id) * 2);
    }
    definitions[id] = new Linked(this, in);
  }

  /// {@return the next value}
  ///
  /// @param in where; afterwards it stands behind the value, unless the bytes are broken
  /// @throws DecodingException if the bytes are broken, or a class is missing, refused, or does not
  ///   accept its values
  public @Nullable Object decode(Input in) throws DecodingException {
    try {
      reading.start(in);
      return reading.read();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new DecodingException("the value could not be made again here: " + e, e);
    } finally {
      reading.end();
    }
  }

  /// {@return the exception that [Encoder#encodeFailure] has written, or a
  /// [dev.tandem.pools.RemoteTaskException] that stands for it}
  ///
  /// @param in where
  public Throwable decodeFailure(Input in) {
    return Failures.read(this, in);
  }

  Linked linked(int id, int kind) throws DecodingException {
    Linked known = id >= 0 && id < definitions.length ? definitions[id] : null;
    if (known == null || known.kind() != kind) {
      throw new DecodingException("broken message: there is no such definition " + id);
    }
    return known;
  }

  void check(String className) throws DecodingException {
    filter.check(className);
  }

  ClassLoader loader() {
    return loader;
  }

  /// {@return the class, not initialized}
  Class<?> load(String name) throws DecodingException {
    filter.check(name);
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DecodingException("class " + name + " is not there: " + e, e);
    }
  }

  @Nullable Object readJdk(Input in) throws DecodingException {
    try {
      return Jdk.readStream(this, in);
    } catch (IOException | ClassNotFoundException e) {
      if (e.getCause() instanceof DecodingException reason) {
        throw reason;
      }
      throw new DecodingException("the value could not be made again here: " + e, e);
    }
  }
}
