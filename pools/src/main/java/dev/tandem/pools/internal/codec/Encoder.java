package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Writing.NeedsJdk;
import dev.tandem.pools.internal.codec.Writing.SharedObject;
import java.io.NotSerializableException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The encoder of objects into bytes, for any number of connections. Thread-safe.
public final class Encoder {
  private static final byte[] NO_DEFINITION = {};

  /*
   * A value is written in Tandem's own format if all of its parts are of kinds that the format
   * knows. Otherwise the JDK's serialization writes the whole value, not the unknown part alone:
   * objects that parts share are then shared on the other side, too, class descriptors are written
   * once, and there is one rule to remember. The one exception is a lambda: its site is always
   * written by the format, and the JDK's serialization writes its captured values, all together.
   *
   * Identity. Arrays, collections, lambdas, and records from the fifth level on that occur several
   * times in one value are the same object on the other side; cycles through mutable collections
   * and arrays are kept. Strings, numbers, dates and the like, and records above that level, arrive
   * as several equal objects. A LinkedHashMap arrives in the order of insertion.
   */

  private final ClassValue<Writer> writers =
      new ClassValue<>() {
        @Override
        protected Writer computeValue(Class<?> type) {
          return Writers.create(type, Encoder.this);
        }
      };

  private volatile byte[][] definitions = new byte[16][];

  /// The loaders of the definitions' classes. Weak: the encoder must not keep a loader alive.
  private final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();

  private int definitionCount;

  private final @Nullable TypeFilter filter;

  /// Creates one for values only.
  public Encoder() {
    this.filter = null;
  }

  /// Creates one.
  ///
  /// @param filter its patterns name classes whose objects a body may capture as copies although
  ///   they are made to be shared
  public Encoder(TypeFilter filter) {
    this.filter = filter;
  }

  /// Appends a value that is handed over: an input or a result. On failure, the output is left as
  /// it was before.
  ///
  /// @param value the value
  /// @param out the output
  /// @throws NotSerializableException if the value cannot be encoded, or exceeds the limit of the
  ///   output; the message names the object and the path to it
  public void encode(@Nullable Object value, Output out) throws NotSerializableException {
    encode(value, out, false);
  }

  /// Appends a body, with what it captures. On failure, the output is left as it was before.
  ///
  /// @param body the body
  /// @param out the output
  /// @throws NotSerializableException as [#encode(Object, Output)]; also if the body captures an
  ///   object that is made to be shared, of which a worker would change a copy: see [SharedKind]
  public void encodeBody(@Nullable Object body, Output out) throws NotSerializableException {
    encode(body, out, true);
  }

  /// {@return whether a body can be encoded} Encodes it, and drops the bytes.
  public boolean canBeSent(Object body) {
    try {
      encodeBody(body, new Output(Integer.MAX_VALUE));
      return true;
    } catch (NotSerializableException _) {
      return false;
    }
  }

  private void encode(@Nullable Object value, Output out, boolean isBody)
      throws NotSerializableException {
    int length = out.length();
    int blobs = out.blobs().size();
    Writing writing = out.writing(this);
    writing.begin(isBody ? value : null);
    boolean done = false;
    try {
      try {
        writing.write(value);
      } catch (NeedsJdk signal) {
        out.truncate(length, blobs);
        writing.clear();
        JdkSerialization.write(value, writing);
      }
      out.checkLimit(0);
      done = true;
    } catch (Output.TooLarge e) {
      throw new NotSerializableException(
          "the encoded form of "
              + Diagnosis.name(value)
              + " is larger than the "
              + e.limit
              + " bytes that a message may have; see withMaxMessage");
    } catch (NotSerializableException e) {
      throw Diagnosis.explain(value, e, isBody ? this : null);
    } catch (SharedObject e) {
      throw Diagnosis.refuse(value, e.object, this);
    } catch (Throwable e) { // also an Error of the application's code, or no memory for the bytes
      NotSerializableException failure = new NotSerializableException(Diagnosis.describe(value, e));
      failure.initCause(e);
      throw failure;
    } finally {
      if (!done) {
        out.truncate(length, blobs);
      }
      writing.begin(null);
      writing.clear();
    }
  }

  /// {@return whether the configuration allows copies of objects of a shared kind}
  boolean copies(Class<?> type) {
    return filter != null
        && (filter.matches(type.getName()) || filter.matches(SharedKind.whole(type).getName()));
  }

  /// Appends an exception. Never fails.
  ///
  /// @param failure the exception
  /// @param out the output
  public void encodeFailure(Throwable failure, Output out) {
    FailureWriter.write(failure, this, out);
  }

  /// {@return the failure of a task whose result cannot be encoded}
  ///
  /// @param e what [#encode] has thrown
  public static Throwable unsendable(NotSerializableException e) {
    Throwable cause = e.getCause();
    if (cause instanceof OutOfMemoryError) {
      return cause;
    }
    var named = new NotSerializableException("the result cannot be sent back: " + e.getMessage());
    named.setStackTrace(new StackTraceElement[0]);
    if (cause != null && !(cause instanceof NotSerializableException)) {
      named.initCause(cause); // what the application's own serialization threw
    }
    return named;
  }

  /// {@return the bytes of a definition, for [Decoder#define]; none if there is no such definition,
  /// which a decoder refuses}
  ///
  /// @param id a number that [Output#definition(int)] has returned, or another process has named
  public byte[] definition(int id) {
    byte[][] all = definitions;
    byte[] known = id < all.length ? all[id] : null;
    return known == null ? NO_DEFINITION : known;
  }

  /// {@return the name of the class in which a lambda is written; null if the definition is not of
  /// a lambda}
  public @Nullable String capturingClass(int id) {
    return Definition.capturingClass(definitions[id]);
  }

  /// {@return the classes that a lambda's signature names, directly or through other classes: see
  /// [NamedTypes]; none if the definition is not of a lambda}
  public Set<String> namedTypes(int id) {
    String owner = capturingClass(id);
    return owner == null
        ? Set.of()
        : NamedTypes.ofLambda(owner, loader(id), Definition.descriptors(definitions[id]));
  }

  Writer writer(Class<?> type) {
    return writers.get(type);
  }

  /// {@return the site of a lambda; null if the object is no lambda, or its site cannot be found}
  DefinedWriters.@Nullable Site lambdaSite(Object lambda) {
    try {
      return writer(lambda.getClass()) instanceof DefinedWriters.OfLambda known
          ? known.site(lambda, this)
          : null;
    } catch (NeedsJdk e) {
      return null;
    }
  }

  /// {@return the loader of a definition's class; null if that is the loader of the JDK's core, or
  /// was collected}
  public @Nullable ClassLoader loader(int id) {
    return loaders.get(id).get();
  }

  /// @param type the class that is defined; for a lambda, the lambda's own class
  synchronized int define(byte[] definition, Class<?> type) {
    byte[][] all = definitions;
    if (definitionCount == all.length) {
      all = Arrays.copyOf(all, all.length * 2);
    }
    loaders.add(new WeakReference<>(type.getClassLoader()));
    all[definitionCount] = definition;
    definitions = all; // the volatile write publishes the element
    return definitionCount++;
  }
}
