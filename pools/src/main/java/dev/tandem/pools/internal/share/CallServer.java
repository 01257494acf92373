package dev.tandem.pools.internal.share;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Runs the calls of one worker on remote objects, each in a virtual thread of its own: a worker
/// has as many at a time as it has threads that call. A call that has begun runs to its end,
/// whatever becomes of the worker.
public final class CallServer {
  private final String name;
  private final Exports exports;
  private final Link link;
  private final Decoder decoder;
  private final Encoder encoder;
  private final ClassLoader loader;
  private final long maxMessage;
  private final Map<Integer, Thread> running = new ConcurrentHashMap<>();

  /// @param name the name of the threads
  /// @param link the connection to the worker
  /// @param decoder of what comes over it
  /// @param loader what users' code sees as its context class loader
  /// @param maxMessage the most bytes of a result
  public CallServer(
      String name,
      Exports exports,
      Link link,
      Decoder decoder,
      Encoder encoder,
      ClassLoader loader,
      long maxMessage) {
    this.name = name;
    this.exports = exports;
    this.link = link;
    this.decoder = decoder;
    this.encoder = encoder;
    this.loader = loader;
    this.maxMessage = maxMessage;
  }

  /// Starts a call. Thread: the reader of the connection.
  ///
  /// @param in its frame: number, object, method, arguments
  /// @throws DecodingException if the frame is broken, beyond what its arguments may be
  public void begin(Input in) throws DecodingException {
    int call = in.getInt();
    ExportedObject object;
    Method method;
    @Nullable Object[] arguments;
    try {
      object = exports.find(in.getLong());
      method = method(object, in.getString());
      ClassLoader guest = object.service.getClassLoader();
      Object decoded =
          decoder.in(ContextLoader.isAncestor(guest, loader) ? null : guest).decode(in);
      arguments = decoded instanceof Object[] all ? all : new Object[0];
    } catch (DecodingException e) {
      var refusal =
          new InvalidClassException("what was sent cannot be accepted: " + e.getMessage());
      refusal.setStackTrace(new StackTraceElement[0]);
      reply(call, null, refusal);
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name(name)
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> run(call, object, method, arguments));
    running.put(call, thread);
    thread.start();
  }

  private static Method method(ExportedObject object, String name) throws DecodingException {
    Method method = object.method(name);
    if (method == null) {
      throw new DecodingException("%s has no method %s".formatted(object.service.getName(), name));
    }
    return method;
  }

  private void run(int call, ExportedObject object, Method method, @Nullable Object[] arguments) {
    ContextLoader.restore(Thread.currentThread(), loader);
    Object result = null;
    Throwable failure = null;
    try {
      result = object.call(method, arguments);
    } catch (Throwable e) {
      failure = e;
    }
    running.remove(call);
    reply(call, result, failure);
  }

  /// Interrupts a call whose caller does not wait any more. Thread: the reader of the connection.
  public void cancel(Input in) throws DecodingException {
    Thread thread = running.remove(in.getInt());
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void reply(int call, @Nullable Object result, @Nullable Throwable failure) {
    Output out = new Output(maxMessage);
    Throwable thrown = failure;
    if (thrown == null) {
      FrameWriter.begin(out, Frame.RETURN, call);
      try {
        encoder.encode(result, out);
      } catch (NotSerializableException e) {
        thrown = new NotSerializableException("the result cannot be sent back: " + e.getMessage());
        thrown.setStackTrace(new StackTraceElement[0]);
      }
    }
    if (thrown != null) {
      out.reset();
      FrameWriter.begin(out, Frame.THROW, call);
      encoder.encodeFailure(thrown, out);
    }
    FrameWriter.end(out);
    try {
      link.send(out);
    } catch (IOException _) {
      // the worker is gone
    }
  }
}
