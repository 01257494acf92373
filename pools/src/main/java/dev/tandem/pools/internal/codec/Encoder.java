package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Writing.NeedsJdk;
import java.io.NotSerializableException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Makes bytes of objects, for any number of connections. Thread-safe.
public final class Encoder {
  /*
   * A value is written in our own format if all of its parts are of kinds that it knows. If one is
   * not, the JDK's serialization writes the whole value, not that part alone: what parts share is
   * then shared on the other side, too, class descriptors are written once, and there is one rule to
   * remember. The one exception is a lambda: its site is known in any case, so that the JDK's
   * serialization gets what the lambda has captured, all together.
   *
   * What is kept. Arrays, collections, lambdas, and records from the fifth level on that occur
   * several times in one value are the same object on the other side; cycles through collections and
   * arrays that can be changed are kept. Strings, numbers, dates and the like, and records above,
   * arrive as several equal ones. A LinkedHashMap arrives in the order of insertion.
   */

  private final ClassValue<Writer> writers =
      new ClassValue<>() {
        @Override
        protected Writer computeValue(Class<?> type) {
          return Writers.create(type, Encoder.this);
        }
      };

  private volatile byte[][] definitions = new byte[16][];

  /// Whose classes the definitions are of. Weak: a loader may go while the encoder stays.
  private final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();

  private int definitionCount;

  /// Creates one.
  public Encoder() {}

  /// Appends a value. If that fails, the output is as before.
  ///
  /// @param value what
  /// @param out where
  /// @throws NotSerializableException if it cannot be encoded, or is larger than the output may be;
  ///   the message says which object and how to get to it
  public void encode(@Nullable Object value, Output out) throws NotSerializableException {
    int length = out.length();
    int blobs = out.blobs().size();
    Writing writing = out.writing(this);
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
      throw Diagnosis.explain(value, e);
    } catch (Throwable e) { // also an Error of code of the application, and no memory for the bytes
      NotSerializableException failure = new NotSerializableException(Diagnosis.describe(value, e));
      failure.initCause(e);
      throw failure;
    } finally {
      if (!done) {
        out.truncate(length, blobs);
      }
      writing.clear();
    }
  }

  /// Appends an exception; always works.
  ///
  /// @param failure what was thrown
  /// @param out where
  public void encodeFailure(Throwable failure, Output out) {
    FailureWriter.write(failure, this, out);
  }

  /// {@return what [Decoder#define] needs}
  ///
  /// @param id one of those that [Output#definition(int)] has named
  public byte[] definition(int id) {
    return definitions[id];
  }

  /// {@return the name of the class in which a lambda is written; null if the definition is not of
  /// a lambda}
  public @Nullable String capturingClass(int id) {
    return Definition.capturingClass(definitions[id]);
  }

  /// {@return the classes that a lambda's signature names, and what they name in turn: see
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

  /// {@return where a lambda was written, or null if that cannot be found out, or it is none}
  DefinedWriters.@Nullable Site lambdaSite(Object lambda) {
    try {
      return writer(lambda.getClass()) instanceof DefinedWriters.OfLambda known
          ? known.site(lambda, this)
          : null;
    } catch (NeedsJdk e) {
      return null;
    }
  }

  /// {@return the loader of the class that a definition is of; null if that is the JDK's core, or
  /// is gone}
  public @Nullable ClassLoader loader(int id) {
    return loaders.get(id).get();
  }

  /// @param type what is defined, for a lambda its own class
  synchronized int define(byte[] definition, Class<?> type) {
    byte[][] all = definitions;
    if (definitionCount == all.length) {
      all = Arrays.copyOf(all, all.length * 2);
    }
    loaders.add(new WeakReference<>(type.getClassLoader()));
    all[definitionCount] = definition;
    definitions = all; // also publishes the element
    return definitionCount++;
  }
}
