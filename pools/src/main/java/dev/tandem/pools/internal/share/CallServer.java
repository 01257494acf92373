package dev.tandem.pools.internal.share;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs the calls of one worker on remote objects, each in a virtual thread of its own.
public final class CallServer {
  /*
   * A virtual thread for each call, and no queue: a call may wait for what another call does, so
   * none may wait for the end of another. A worker has as many calls at a time as it has threads
   * that call; MOST_RUNNING is beyond what any program has, and bounds a worker that has gone wrong.
   *
   * The reader decodes the arguments, as a decoder is for one thread, and refuses what it cannot
   * decode: the connection goes on. A call that has begun runs to its end, whatever becomes of its
   * worker. It is in the table until its reply was sent: an interrupt that comes late reaches a
   * thread that nothing else uses, and that writes to a connection which an interrupt does not close.
   */
  private static final int MOST_RUNNING = 1 << 16;

  private static final StackTraceElement[] NO_STACK = {};

  private final Exports exports;
  private final Link link;
  private final Decoder decoder;
  private final ClassLoader loader;
  private final long maxMessage;
  private final Consumer<? super Throwable> onBroken;
  private final Map<Integer, Thread> running = new ConcurrentHashMap<>();

  /// @param link the connection to the worker
  /// @param decoder of what comes over it
  /// @param loader what users' code sees as its context class loader
  /// @param maxMessage the most bytes of a result
  /// @param onBroken is told why a reply could not be sent to a worker that is there
  public CallServer(
      Exports exports,
      Link link,
      Decoder decoder,
      ClassLoader loader,
      long maxMessage,
      Consumer<? super Throwable> onBroken) {
    this.exports = exports;
    this.link = link;
    this.decoder = decoder;
    this.loader = loader;
    this.maxMessage = maxMessage;
    this.onBroken = onBroken;
  }

  // ---- Thread: the reader of the connection

  /// Starts a call.
  ///
  /// @param in its frame: number, object, method, arguments
  /// @throws DecodingException if the frame is broken, beyond what its arguments may be
  public void begin(Input in) throws DecodingException {
    int call = in.getInt();
    ExportedObject object = exports.find(in.getLong());
    String name = in.getString();
    Method method = object.method(name);
    if (method == null) {
      throw new DecodingException("a call of %s, which %s has not".formatted(name, object));
    }
    if (running.size() >= MOST_RUNNING) {
      refuse(call, new RejectedExecutionException(running.size() + " calls of this worker run"));
      return;
    }
    @Nullable Object[] arguments;
    try {
      ClassLoader guest = object.service.getClassLoader();
      Object decoded =
          decoder.in(ContextLoader.isAncestor(guest, loader) ? null : guest).decode(in);
      arguments = decoded instanceof Object[] all ? all : new Object[0];
    } catch (DecodingException e) {
      refuse(
          call,
          new IllegalArgumentException(
              "the arguments of %s cannot be accepted: %s"
                  .formatted(RemoteObject.title(method), e.getMessage())));
      return;
    }
    start(call, object, method, arguments);
  }

  private void start(int call, ExportedObject object, Method method, @Nullable Object[] arguments) {
    try {
      Thread thread = exports.thread(() -> run(call, object, method, arguments));
      running.put(call, thread);
      thread.start();
    } catch (Throwable e) { // no thread, or no memory for one
      running.remove(call);
      refuse(call, new RejectedExecutionException("there is no thread for the call: " + e, e));
    }
  }

  private void refuse(int call, RuntimeException refusal) {
    refusal.setStackTrace(NO_STACK); // that of the caller will be added
    link.post(thrown(call, refusal));
  }

  /// Interrupts a call whose caller does not wait any more.
  public void cancel(Input in) throws DecodingException {
    Thread thread = running.remove(in.getInt());
    if (thread != null) {
      thread.interrupt();
    }
  }

  // ---- Thread: that of the call

  private void run(int call, ExportedObject object, Method method, @Nullable Object[] arguments) {
    ContextLoader.restore(Thread.currentThread(), loader);
    send(() -> {
      Object result;
      try {
        result = object.call(method, arguments);
      } catch (Throwable e) {
        return thrown(call, e);
      }
      return returned(call, method, result);
    });
    running.remove(call);
  }

  /// Makes a reply, and sends it.
  private void send(Supplier<Output> reply) {
    try {
      link.send(reply.get());
    } catch (IOException _) {
      // the worker is gone
    } catch (RuntimeException | Error e) { // no memory: the worker would wait for ever
      onBroken.accept(e);
    }
  }

  private Output returned(int call, Method method, @Nullable Object result) {
    Output out = new Output(maxMessage);
    FrameWriter.begin(out, Frame.RETURN, call);
    try {
      exports.encoder.encode(result, out);
    } catch (NotSerializableException e) {
      e.setStackTrace(NO_STACK);
      var refusal =
          new UncheckedIOException(
              "the result of %s cannot be sent back: %s"
                  .formatted(RemoteObject.title(method), e.getMessage()),
              e);
      refusal.setStackTrace(NO_STACK);
      return thrown(call, refusal);
    }
    FrameWriter.end(out);
    return out;
  }

  private Output thrown(int call, Throwable failure) {
    Output out = new Output(maxMessage);
    FrameWriter.begin(out, Frame.THROW, call);
    exports.encoder.encodeFailure(failure, out);
    FrameWriter.end(out);
    return out;
  }
}
