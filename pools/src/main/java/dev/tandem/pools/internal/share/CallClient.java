package dev.tandem.pools.internal.share;

import dev.tandem.pools.RemoteOwnerLostException;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The calls of a worker on remote objects, and what they wait for.
public final class CallClient implements HandleOpener {
  /*
   * A call enters the table before its frame is sent, so its reply finds it; only its own thread
   * takes it out. Reply, end of the connection and interrupt race:
   * - reply against interrupt: the thread looks at the reply first. If it leaves without one, a
   *   reply that comes later finds no call in the table, and is dropped.
   * - end of the connection against a new call: the reader sets `lost`, then fails all calls in the
   *   table; a caller enters the table, then looks at `lost`. One of them sees the other.
   */

  /// Opens the connection when it is needed first.
  public interface Connector {
    /// {@return the connection}
    ///
    /// @throws IOException if it cannot be opened, or has ended
    Link link() throws IOException, InterruptedException;
  }

  private final Connector connector;
  private final Encoder encoder;
  private final long maxMessage;
  private final Map<Long, Remote> objects = new ConcurrentHashMap<>();
  private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /// Why the connection has ended; null while it has not.
  private volatile @Nullable String lost;

  /// The thread that decodes a result or a failure.
  private volatile @Nullable Thread decoding;

  /// @param encoder that of the worker
  /// @param maxMessage the most bytes of the arguments of a call
  public CallClient(Connector connector, Encoder encoder, long maxMessage) {
    this.connector = connector;
    this.encoder = encoder;
    this.maxMessage = maxMessage;
  }

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    long id = in.getLong();
    Class<?> service = decoder.load(in.getString());
    Remote known = objects.get(id);
    if (known == null) {
      if (!service.isInterface()) {
        throw new DecodingException("broken message: " + service.getName() + " is no interface");
      }
      known = new Remote(id, service, false);
      Remote earlier = objects.putIfAbsent(id, known);
      known = earlier == null ? known : earlier;
    }
    return known.proxy;
  }

  /// {@return an object of the pool's own} Its calls are short, so they do not hear interrupts,
  /// unless the method declares that.
  public <S> S control(long id, Class<S> service) {
    return service.cast(new Remote(id, service, true).proxy);
  }

  /// Tells the pool that something has changed in a channel.
  public void ring(long channel) {
    boolean interrupted = Thread.interrupted();
    try {
      connector.link().ring(channel);
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      interrupted = true; // it did not wait: the channel's lanes came over the connection
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- Thread: the caller

  /// A remote object in a worker: calls go to the application's JVM.
  private final class Remote extends RemoteObject {
    private final boolean steady;

    /// @param steady whether a method that does not declare it hears no interrupt
    Remote(long id, Class<?> service, boolean steady) {
      super(id, service, encoder);
      this.steady = steady;
    }

    @Override
    @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
      boolean deaf = steady && !declaresInterrupt(method);
      boolean interrupted = Thread.interrupted();
      if (interrupted && !deaf) {
        throw interrupted(method, "before the call");
      }
      try {
        return call(method, arguments, deaf);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments, boolean deaf)
        throws Throwable {
      if (decoding == Thread.currentThread()) { // the reader may be waiting for its end
        throw new IllegalStateException(
            title(method) + " was called by an object that is being deserialized");
      }
      int number = count.incrementAndGet();
      Output frame = frame(number, method, arguments);
      Call call = new Call();
      calls.put(number, call);
      boolean sent = false;
      boolean interrupted = false;
      try {
        interrupted = send(frame, deaf);
        sent = true;
        interrupted |= call.await(deaf);
      } catch (InterruptedException e) {
        if (sent) {
          cancel(number);
        }
        throw interrupted(method, "during the call");
      } finally {
        calls.remove(number);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      return result(call, method);
    }

    private Output frame(int number, Method method, @Nullable Object[] arguments) {
      Output out = new Output(maxMessage);
      FrameWriter.begin(out, Frame.CALL, number);
      out.putLong(id);
      out.putString(name(method));
      try {
        encoder.encode(arguments, out);
      } catch (NotSerializableException e) {
        throw new IllegalArgumentException(
            "the arguments of %s cannot be sent: %s".formatted(title(method), e.getMessage()), e);
      }
      FrameWriter.end(out);
      return out;
    }

    private @Nullable Object result(Call call, Method method) throws Throwable {
      Input in = call.reply;
      Decoder decoder = call.decoder;
      if (call.noRoom != null) {
        throw new OutOfMemoryError("the result of %s has %s".formatted(title(method), call.noRoom));
      }
      if (in == null || decoder == null) {
        throw new RemoteOwnerLostException(
            "%s of %s cannot be reached any more: %s".formatted(title(method), this, call.lost));
      }
      synchronized (decoder) { // it is for one thread at a time
        decoding = Thread.currentThread();
        try {
          if (!call.thrown) {
            return decoder.decode(in);
          }
          Throwable failure = decoder.decodeFailure(in);
          addCaller(failure);
          throw failure;
        } catch (DecodingException e) {
          throw new UncheckedIOException(
              new InvalidClassException(
                  "the result of %s cannot be accepted: %s"
                      .formatted(title(method), e.getMessage())));
        } finally {
          decoding = null;
        }
      }
    }
  }

  /// {@return what a caller gets that was interrupted}
  private static Exception interrupted(Method method, String when) {
    String text = "interrupted %s of %s".formatted(when, RemoteObject.title(method));
    if (declaresInterrupt(method)) {
      return new InterruptedException(text);
    }
    Thread.currentThread().interrupt();
    return new CancellationException(text);
  }

  private static boolean declaresInterrupt(Method method) {
    for (Class<?> type : method.getExceptionTypes()) {
      if (type.isAssignableFrom(InterruptedException.class)) {
        return true;
      }
    }
    return false;
  }

  /// Adds the stack of the caller to that of an exception of the other process, as RMI does.
  private static void addCaller(Throwable failure) {
    try {
      StackTraceElement[] there = failure.getStackTrace();
      StackTraceElement[] here = new Throwable().getStackTrace();
      StackTraceElement[] all = Arrays.copyOf(there, there.length + here.length);
      System.arraycopy(here, 0, all, there.length, here.length);
      failure.setStackTrace(all);
    } catch (RuntimeException | Error _) {
      // its own methods fail
    }
  }

  /// Sends a frame.
  ///
  /// @param deaf whether an interrupt does not end the wait for the connection
  /// @return whether the thread was interrupted; only if it is deaf
  private boolean send(Output frame, boolean deaf) throws InterruptedException {
    boolean interrupted = false;
    boolean waits = lost == null;
    while (waits) {
      waits = false;
      try {
        connector.link().send(frame);
      } catch (IOException e) {
        end(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) { // nothing was sent
        if (!deaf) {
          throw e;
        }
        interrupted = true;
        waits = true;
      }
    }
    String why = lost;
    if (why != null) {
      end(why); // for what was added after the end
    }
    return interrupted;
  }

  private void cancel(int number) {
    Output out = new Output();
    FrameWriter.begin(out, Frame.CANCEL, number);
    FrameWriter.end(out);
    try {
      var _ = send(out, true);
    } catch (InterruptedException e) {
      throw new AssertionError(e); // it is deaf
    }
  }

  /// One call, which one thread waits for.
  private static final class Call {
    private @Nullable Input reply; // guarded by this until it is there
    private @Nullable Decoder decoder;
    private boolean thrown;
    private @Nullable String lost;
    private @Nullable String noRoom;

    synchronized void reply(Input in, boolean asFailure, Decoder by) {
      reply = in;
      thrown = asFailure;
      decoder = by;
      notifyAll();
    }

    synchronized void lost(String why) {
      lost = why;
      notifyAll();
    }

    synchronized void noRoom(String problem) {
      noRoom = problem;
      notifyAll();
    }

    /// {@return whether the thread was interrupted; only if it is deaf}
    synchronized boolean await(boolean deaf) throws InterruptedException {
      boolean interrupted = false;
      while (reply == null && lost == null && noRoom == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          if (!deaf) {
            throw e;
          }
          interrupted = true;
        }
      }
      return interrupted;
    }
  }

  // ---- Thread: the reader of the connection

  /// Takes the reply to a call.
  ///
  /// @param in number, then result or failure; a copy, which the caller decodes
  /// @param decoder of what comes over the connection; guarded by itself
  public void reply(Input in, boolean thrown, Decoder decoder) throws DecodingException {
    Call call = calls.get(in.getInt());
    if (call != null) { // else its thread was interrupted
      call.reply(in, thrown, decoder);
    }
  }

  /// Fails a call whose result this JVM has no room for, and goes on.
  ///
  /// @param problem follows "has"
  public void noRoom(int number, String problem) {
    Call call = calls.get(number);
    if (call != null) {
      call.noRoom(problem);
    }
  }

  /// Fails all calls: the connection has ended.
  public void end(String why) {
    lost = why; // before the look at the calls: one that comes later sees it
    calls.values().forEach(call -> call.lost(why));
  }
}
