package dev.tandem.pools.internal.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reader of streams of the JDK's serialization. Each class is checked by its name before it is
/// loaded; the JDK's own filter, which sees loaded classes only, enforces the limits of size.
final class JdkReader extends ObjectInputStream {
  private static final int MAX_DEPTH = 5_000;
  private static final int MAX_REFUSED = 100;

  private final Decoder decoder;
  private final Input blobs;
  private final @Nullable FailureReader failures;
  private final Limits limits;

  /// The rejected classes: the rest of the stream is read all the same, so that the exception can
  /// name all of them.
  private final Set<String> refused = new LinkedHashSet<>();

  JdkReader(
      Decoder decoder, Input blobs, InputStream in, int size, @Nullable FailureReader failures)
      throws IOException {
    super(in);
    this.decoder = decoder;
    this.blobs = blobs;
    this.failures = failures;
    enableResolveObject(true);
    this.limits = new Limits(size);
    setObjectInputFilter(limits);
  }

  /// {@return the object}
  ///
  /// @throws DecodingException if classes were rejected; the message names all of them
  @Nullable Object readValue() throws IOException, ClassNotFoundException, DecodingException {
    try {
      Object object = readObject();
      checkRefused();
      return object;
    } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
      checkRefused(); // an exception after a rejection may be its consequence
      throw e;
    }
  }

  private void checkRefused() throws DecodingException {
    if (!refused.isEmpty()) {
      throw decoder.filter.refusal(refused);
    }
    String exceeded = limits.exceeded;
    if (exceeded != null) {
      throw new DecodingException(exceeded);
    }
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    String name = described.getName();
    Class<?> primitive = primitive(name);
    if (primitive != null) {
      return primitive;
    }
    if (refused.contains(name) || !decoder.filter.isAllowed(name)) {
      throw refuse(name);
    }
    try {
      return decoder.load(name);
    } catch (DecodingException e) {
      throw invalid(e);
    }
  }

  /// Rejects a class, so that the JDK's serialization skips its objects.
  ///
  /// @throws InvalidClassException if so many classes are rejected that no honest sender has sent
  ///   them: each costs a look-up on the class path
  private ClassNotFoundException refuse(String name) throws InvalidClassException {
    refused.add(name);
    if (refused.size() >= MAX_REFUSED) {
      throw new InvalidClassException(refused.size() + " classes are refused");
    }
    return new ClassNotFoundException(name);
  }

  private static @Nullable Class<?> primitive(String name) {
    return name.indexOf('.') < 0 && name.length() <= 7 ? Class.forPrimitiveName(name) : null;
  }

  /// Reached only where the application has allowed `java.lang.reflect.Proxy`, its superclass.
  @Override
  @SuppressWarnings("deprecation") // the one way to a class of proxies without an instance
  protected Class<?> resolveProxyClass(String[] interfaces)
      throws IOException, ClassNotFoundException {
    Class<?>[] types = new Class<?>[interfaces.length];
    try {
      if (!decoder.filter.isAllowed("java.lang.reflect.Proxy")) {
        throw refuse("java.lang.reflect.Proxy");
      }
      for (int i = 0; i < types.length; i++) {
        types[i] = decoder.load(interfaces[i]);
      }
      return Proxy.getProxyClass(decoder.loader, types);
    } catch (DecodingException e) {
      throw invalid(e);
    }
  }

  @Override
  protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
    try {
      if (!(object instanceof Carrier carrier)) {
        return object;
      }
      Object opened = carrier.open(decoder, blobs, failures);
      if (opened instanceof byte[] blob) {
        limits.announced -= blob.length; // the filter is asked for it, too, and it is here already
      }
      return opened;
    } catch (DecodingException e) {
      throw invalid(e);
    }
  }

  private static IOException invalid(DecodingException reason) {
    InvalidClassException exception = new InvalidClassException(reason.getMessage());
    exception.initCause(reason);
    return exception;
  }

  /// The limits on sizes: each element that the stream announces takes at least a byte of it. All
  /// arrays together count, as one that lies in another is made while that is being filled: a
  /// thousand of them, each with as many elements as there are bytes, would take a thousand times
  /// the memory.
  private static final class Limits implements ObjectInputFilter {
    /// How many elements may be announced for each byte: the table of a hash set with a small load
    /// factor has eight times as many places as it has elements, which take some bytes each.
    private static final int ELEMENTS = 4;

    private final long size;
    private long announced;

    /// The limit that was exceeded, which the JDK's exception does not name.
    private @Nullable String exceeded;

    Limits(long size) {
      this.size = size;
    }

    @Override
    public Status checkInput(FilterInfo info) {
      if (info.depth() > MAX_DEPTH) {
        exceeded =
            "the value could not be made again here: its objects are nested too deeply (more than "
                + MAX_DEPTH
                + " levels). Send a flatter structure, such as a list of its parts";
        return Status.REJECTED;
      }
      announced += bytes(info);
      if (info.references() > size || announced > ELEMENTS * size + 64) {
        exceeded = "broken message: more objects or longer arrays than its bytes can hold";
      }
      return exceeded == null ? Status.UNDECIDED : Status.REJECTED;
    }

    /// {@return how many bytes of the stream an array takes, at least; 0 of what is no array}
    private static long bytes(FilterInfo info) {
      Class<?> type = info.serialClass();
      Class<?> component = type == null ? null : type.getComponentType();
      int width = 1;
      if (component == long.class || component == double.class) {
        width = 8;
      } else if (component == int.class || component == float.class) {
        width = 4;
      } else if (component == short.class || component == char.class) {
        width = 2;
      }
      return width * Math.max(0, info.arrayLength());
    }
  }
}
