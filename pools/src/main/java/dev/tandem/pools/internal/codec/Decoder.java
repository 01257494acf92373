package dev.tandem.pools.internal.codec;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.Thrown;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The decoder of the bytes of one connection into objects. Not thread-safe.
public final class Decoder {
  /// The limit on definitions: far more than a program has lambda sites and record classes.
  private static final int MOST_DEFINITIONS = 1 << 20;

  private static final int MOST_CAUSES = 10;

  final TypeFilter filter;
  final ClassLoader loader;

  final HandleOpener handles;

  /// The decoder of the connection, if this is one of its guests; else null.
  private final @Nullable Decoder host;

  /// Weak: a guest's classes may be unloaded before the connection ends. A guest that was collected
  /// is made again.
  private final List<WeakReference<Decoder>> guests = new ArrayList<>();

  private final Reading reading = new Reading(this);
  private @Nullable LinkedDefinition[] definitions = new @Nullable LinkedDefinition[16];

  /// Creates one.
  ///
  /// @param filter the filter of the classes that may be decoded
  /// @param loader the loader that finds the classes
  /// @param handles the opener of handles
  public Decoder(TypeFilter filter, ClassLoader loader, HandleOpener handles) {
    this(filter, loader, handles, null);
  }

  private Decoder(
      TypeFilter filter, ClassLoader loader, HandleOpener handles, @Nullable Decoder host) {
    this.filter = filter;
    this.loader = loader;
    this.handles = handles;
    this.host = host;
  }

  /// {@return the decoder of the same connection for bodies of another loader, in which their
  /// classes are looked for first} Thread: reader, which must use one of these decoders at a time.
  ///
  /// @param guest the loader, or null for this decoder
  public Decoder in(@Nullable ClassLoader guest) {
    if (guest == null || guest == loader) {
      return this;
    }
    for (Iterator<WeakReference<Decoder>> all = guests.iterator(); all.hasNext(); ) {
      Decoder known = all.next().get();
      if (known == null) {
        all.remove();
      } else if (known.loader == guest) {
        return known;
      }
    }
    Decoder made = new Decoder(filter.in(guest), guest, handles, this);
    guests.add(new WeakReference<>(made));
    return made;
  }

  /// Adds a definition. Its class is loaded by the first value that uses it: a missing or rejected
  /// class fails that value, not the connection.
  ///
  /// @param id the number of the definition
  /// @param in the bytes that [Encoder#definition(int)] has returned
  /// @throws DecodingException if the bytes are not a definition
  public void define(int id, Input in) throws DecodingException {
    if (id < 0 || id >= MOST_DEFINITIONS) {
      throw new DecodingException("broken message: definition " + id);
    }
    put(id, new LinkedDefinition(this, in));
  }

  private void put(int id, LinkedDefinition definition) {
    if (id >= definitions.length) {
      definitions = Arrays.copyOf(definitions, Integer.highestOneBit(id) * 2);
    }
    definitions[id] = definition;
  }

  /// {@return the next value}
  ///
  /// @param in the input; positioned behind the value afterwards, unless the bytes are broken
  /// @throws DecodingException if the bytes are broken, or a class is missing, rejected, or does
  ///   not accept its values
  public @Nullable Object decode(Input in) throws DecodingException {
    // a class's own code for deserialization may look for other classes there
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ContextLoader.restore(thread, loader);
    try {
      reading.start(in);
      return reading.read();
    } catch (DecodingException e) {
      throw e;
    } catch (Throwable e) { // also an Error of the application's code, or no memory for the value
      throw notMade(e);
    } finally {
      reading.end();
      ContextLoader.restore(thread, before);
    }
  }

  /// {@return the exception that [Encoder#encodeFailure] has written, or a
  /// [dev.tandem.pools.RemoteTaskException] that stands for it}
  ///
  /// @param in where
  public Throwable decodeFailure(Input in) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ContextLoader.restore(thread, loader);
    try {
      return FailureReader.read(this, in);
    } finally {
      ContextLoader.restore(thread, before);
    }
  }

  LinkedDefinition linked(int id, int kind) throws DecodingException {
    LinkedDefinition known = id >= 0 && id < definitions.length ? definitions[id] : null;
    if (known == null && host != null) {
      known = new LinkedDefinition(host.linked(id, kind), this);
      put(id, known);
    }
    if (known == null || known.kind != kind) {
      throw new DecodingException("broken message: there is no such definition " + id);
    }
    return known;
  }

  /// {@return the class, not initialized}
  ///
  /// @throws DecodingException if it is not accepted, or not there
  public Class<?> load(String name) throws DecodingException {
    filter.check(name);
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      if (host != null) {
        return host.load(name);
      }
      throw new DecodingException("class " + name + " is not there: " + e, e);
    }
  }

  /// {@return what the JDK's serialization has written}
  ///
  /// @param failures the failure whose exception it is; may be used while another of its exceptions
  ///   is read. Null outside of failures
  @Nullable Object readJdk(Input in, @Nullable FailureReader failures) throws DecodingException {
    try {
      return JdkSerialization.readStream(this, in, failures);
    } catch (IOException | ClassNotFoundException e) {
      if (e.getCause() instanceof DecodingException reason) {
        throw reason;
      }
      throw notMade(e);
    }
  }

  /// {@return the exception for a failed decoding; its text also names the root cause, because the
  /// error of a failed class initializer has no text of its own}
  private static DecodingException notMade(Throwable e) {
    if (e instanceof StackOverflowError) {
      return new DecodingException(
          "the value could not be made again here: its objects are nested too deeply for the stack"
              + " of the thread that decodes it. Send a flatter structure, such as a list of its"
              + " parts",
          e);
    }
    StringBuilder text =
        new StringBuilder("the value could not be made again here: ").append(Thrown.describe(e));
    Throwable bottom = Thrown.cause(e);
    for (int i = 0; bottom != null && i < MOST_CAUSES; i++) {
      String more = Thrown.describe(bottom);
      if (text.indexOf(more) < 0) {
        text.append("; caused by ").append(more);
      }
      bottom = Thrown.cause(bottom);
    }
    return new DecodingException(text.toString(), e);
  }
}
