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
import java.io.NotSerializableException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The calls of a worker on remote objects, and what they wait for.
public final class CallClient implements HandleOpener {
  /// Opens the connection when it is needed first.
  public interface Connector {
    Link link() throws IOException;
  }

  private final Connector connector;
  private final Encoder encoder;
  private final long maxMessage;
  private final Map<Long, Object> objects = new ConcurrentHashMap<>();
  private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /// Why the connection has ended; null while it has not.
  private volatile @Nullable String lost;

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
    Object known = objects.get(id);
    if (known == null) {
      if (!service.isInterface()) {
        throw new DecodingException("broken message: " + service.getName() + " is no interface");
      }
      known = new Remote(id, service).proxy();
      Object earlier = objects.putIfAbsent(id, known);
      known = earlier == null ? known : earlier;
    }
    return known;
  }

  /// A remote object in a worker: calls go to the application's JVM.
  private final class Remote extends RemoteObject {
    Remote(long id, Class<?> service) {
      super(id, service, encoder);
    }

    @Override
    @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
      int number = count.incrementAndGet();
      Output out = new Output(maxMessage);
      FrameWriter.begin(out, Frame.CALL, number);
      out.putLong(id);
      out.putString(name(method));
      encode(method, arguments, out);
      FrameWriter.end(out);
      Call call = new Call();
      calls.put(number, call);
      try {
        send(out);
        return call.await(this);
      } catch (InterruptedException e) {
        cancel(number);
        if (Arrays.asList(method.getExceptionTypes()).contains(InterruptedException.class)) {
          throw e;
        }
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted in " + this + ", " + method.getName());
      } finally {
        calls.remove(number);
      }
    }

    private void encode(Method method, @Nullable Object[] arguments, Output out) {
      try {
        encoder.encode(arguments, out);
      } catch (NotSerializableException e) {
        throw new IllegalArgumentException(
            "the arguments of %s.%s cannot be sent: %s"
                .formatted(service.getName(), method.getName(), e.getMessage()),
            e);
      }
    }
  }

  private void send(Output frame) {
    try {
      if (lost == null) {
        connector.link().send(frame);
      }
    } catch (IOException e) {
      end(e.toString());
    }
    if (lost != null) {
      end(lost); // what was added after the end
    }
  }

  private void cancel(int number) {
    Output out = new Output();
    FrameWriter.begin(out, Frame.CANCEL, number);
    FrameWriter.end(out);
    send(out);
  }

  /// One call, which one thread waits for.
  private static final class Call {
    private @Nullable Input reply; // guarded by this
    private boolean thrown; // guarded by this
    private @Nullable String lost; // guarded by this
    private @Nullable Decoder decoder;

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

    private synchronized void awaitReply() throws InterruptedException {
      while (reply == null && lost == null) {
        wait();
      }
    }

    @Nullable Object await(RemoteObject object) throws Throwable {
      awaitReply();
      Input in = reply;
      Decoder by = decoder;
      if (in == null || by == null) {
        throw new RemoteOwnerLostException(object + " cannot be reached any more: " + lost);
      }
      synchronized (by) { // a decoder is for one thread at a time
        if (thrown) {
          throw by.decodeFailure(in);
        }
        return by.decode(in);
      }
    }
  }

  /// Takes the reply to a call. Thread: the reader of the connection.
  ///
  /// @param in number, then result or failure; a copy, which the caller decodes
  /// @param decoder of what comes over the connection; guarded by itself
  public void reply(Input in, boolean thrown, Decoder decoder) throws DecodingException {
    Call call = calls.get(in.getInt());
    if (call != null) { // else its thread was interrupted
      call.reply(in, thrown, decoder);
    }
  }

  /// Fails all calls: the connection has ended.
  public void end(String why) {
    lost = why; // before the look at the calls: one that comes later sees it
    calls.values().forEach(call -> call.lost(why));
  }
}
