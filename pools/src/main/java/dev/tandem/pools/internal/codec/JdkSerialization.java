package dev.tandem.pools.internal.codec;

import dev.tandem.pools.internal.codec.Writing.NeedsJdk;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values in the format of the JDK's serialization. An object in such a value that only Tandem's
/// format can write is replaced by a [Carrier]; large arrays of bytes stay blobs.
final class JdkSerialization {
  private static final Class<?> ENTRY = Map.entry(1, 1).getClass();

  private JdkSerialization() {}

  static void write(@Nullable Object value, Writing to) throws IOException {
    DefinedWriters.Site site = value == null ? null : to.encoder.lambdaSite(value);
    if (value != null && site != null && site.captured() != null) {
      to.begin(Tag.LAMBDA_JDK, site.id());
      writeStream(site.captured().get(value), to.encoder, to.out, null, to);
    } else {
      if (site != null) {
        to.out.use(site.id()); // not for decoding: the receiver learns the lambda's class from it
      }
      to.out.putByte(Tag.JDK);
      writeStream(value, to.encoder, to.out, null, to);
    }
  }

  /// Writes the number of bytes and the bytes.
  ///
  /// @param failures for an exception: the graph of its failure, whose other exceptions are written
  ///   as their numbers; else null
  static void writeStream(
      @Nullable Object value, Encoder encoder, Output out, @Nullable FailureGraph failures)
      throws IOException {
    writeStream(value, encoder, out, failures, null);
  }

  private static void writeStream(
      @Nullable Object value,
      Encoder encoder,
      Output out,
      @Nullable FailureGraph failures,
      @Nullable Writing to)
      throws IOException {
    int at = out.grow(4);
    try (Stream stream = new Stream(encoder, out, failures, to)) {
      stream.writeObject(value);
    }
    out.setInt(at, out.length() - at - 4);
  }

  static @Nullable Object readStream(Decoder decoder, Input in, @Nullable FailureReader failures)
      throws DecodingException, IOException, ClassNotFoundException {
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new DecodingException("broken message: it ends too early");
    }
    int end = in.position() + count;
    try (JdkReader stream = new JdkReader(decoder, in, new Source(in, end), count, failures)) {
      return stream.readValue();
    } finally {
      in.skip(end - in.position());
    }
  }

  private static final class Stream extends ObjectOutputStream {
    private final Encoder encoder;
    private final Output out;
    private final @Nullable FailureGraph failures;

    /// The encoding that checks what a body captures; null in a failure.
    private final @Nullable Writing to;

    /// The replacements of objects that may occur again in the value.
    private @Nullable IdentityHashMap<Object, Object> copies;

    private boolean begun;

    Stream(Encoder encoder, Output out, @Nullable FailureGraph failures, @Nullable Writing to)
        throws IOException {
      super(new Sink(out));
      this.encoder = encoder;
      this.out = out;
      this.failures = failures;
      this.to = to;
      enableReplaceObject(true);
    }

    private IdentityHashMap<Object, Object> copies() {
      IdentityHashMap<Object, Object> known = copies;
      if (known == null) {
        known = new IdentityHashMap<>();
        copies = known;
      }
      return known;
    }

    /// Marks the sites of captured lambdas as used, as Tandem's format does: a wrapper of the
    /// application's lambda may be closed to reflection, while the lambda shows whose code it is.
    private void useCaptured(SerializedLambda lambda) {
      for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
        Object captured = lambda.getCapturedArg(i);
        if (captured != null && LambdaSite.isLambda(captured.getClass())) {
          DefinedWriters.Site site = encoder.lambdaSite(captured);
          if (site != null) {
            out.use(site.id());
          }
        }
      }
    }

    private Object replaceFailure(Throwable failure, boolean first) {
      FailureGraph graph = failures;
      if (graph != null && !first) {
        int number = graph.number(failure);
        if (number >= 0) {
          return new Carrier(Tag.FAILURE, null, number);
        }
      }
      return failure.getClass() == NullPointerException.class
          ? copies().computeIfAbsent(failure, e -> withMessage((NullPointerException) e))
          : failure;
    }

    /// Keeps the message: the JDK computes it in `getMessage`, and only in the original process.
    private static NullPointerException withMessage(NullPointerException e) {
      String message = e.getMessage();
      if (message == null) {
        return e;
      }
      NullPointerException copy = new NullPointerException(message);
      copy.setStackTrace(e.getStackTrace());
      if (e.getCause() != null) {
        copy.initCause(e.getCause());
      }
      for (Throwable suppressed : e.getSuppressed()) {
        copy.addSuppressed(suppressed);
      }
      return copy;
    }

    @Override
    protected Object replaceObject(Object object) {
      if (object instanceof byte[] bytes) {
        return bytes.length < Output.BLOB_SIZE
            ? bytes
            : new Carrier(Tag.BYTES_BLOB, null, out.putBlob(ByteBuffer.wrap(bytes)));
      }
      boolean first = !begun;
      begun = true;
      if (to != null) {
        to.checkCaptured(object);
      }
      if (object instanceof SerializedLambda lambda) {
        useCaptured(lambda);
        return lambda;
      }
      if (object instanceof Throwable failure) {
        return replaceFailure(failure, first);
      }
      Handle handle = Handle.of(object);
      if (handle != null) {
        Output bytes = new Output();
        Writer.OfHandle.write(handle, encoder, bytes);
        return new Carrier(Tag.HANDLE, null, Arrays.copyOf(bytes.array(), bytes.length()));
      }
      Writer writer = null;
      if (object instanceof Collection || object instanceof Map || object instanceof Map.Entry) {
        writer = encoder.writer(object.getClass());
        if (writer instanceof Writer.OfView view) {
          return copies().computeIfAbsent(object, view::copy);
        }
      }
      if (object instanceof Serializable) {
        return object;
      }
      if (object instanceof Record) {
        Parts parts = RecordShape.of(object.getClass()).parts;
        return parts == null
            ? object
            : new Carrier(Tag.RECORD, object.getClass(), parts.get(object));
      }
      if (object instanceof ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return new Carrier(Tag.BUFFER, null, Buffers.flags(buffer), bytes);
      }
      if (object instanceof Optional<?> optional) {
        return new Carrier(Tag.OPTIONAL, null, optional.orElse(null));
      }
      if (object.getClass() == ENTRY) {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) object;
        return new Carrier(Tag.ENTRY, null, entry.getKey(), entry.getValue());
      }
      return (writer == null ? encoder.writer(object.getClass()) : writer)
              instanceof Writer.OfValue value
          ? carrier(value, object)
          : object;
    }
  }

  /// {@return a carrier of a value in Tandem's format}
  private static Object carrier(Writer.OfValue writer, Object value) {
    Output bytes = new Output();
    try {
      Values.write(writer.tag, value, bytes);
    } catch (NeedsJdk e) {
      return value; // a path of another file system
    }
    return new Carrier(writer.tag, null, Arrays.copyOf(bytes.array(), bytes.length()));
  }

  private static final class Sink extends OutputStream {
    private final Output out;

    Sink(Output out) {
      this.out = out;
    }

    @Override
    public void write(int b) {
      out.putByte(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      out.putBytes(bytes, from, count);
    }
  }

  private static final class Source extends InputStream {
    private final Input in;
    private final int end;

    Source(Input in, int end) {
      this.in = in;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      try {
        return in.position() < end ? in.getByte() : -1;
      } catch (DecodingException e) {
        throw new IOException(e);
      }
    }

    @Override
    public int read(byte[] to, int from, int count) throws IOException {
      int some = Math.min(count, end - in.position());
      if (some <= 0) {
        return count == 0 ? 0 : -1;
      }
      try {
        System.arraycopy(in.array, in.skip(some), to, from, some);
      } catch (DecodingException e) {
        throw new IOException(e);
      }
      return some;
    }

    @Override
    public int available() {
      return end - in.position();
    }
  }
}
