package dev.tandem.pools.internal.share;

import dev.tandem.pools.RemoteOwnerLostException;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.SteadyChannel;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Both ends of remote calls, each without the other: over a connection that only counts what is
/// sent. The actors are the caller and the reader of the connection.
final class StressCalls {
  /// What is called.
  interface Service {
    int value() throws InterruptedException;
  }

  private static final ClassLoader LOADER = StressCalls.class.getClassLoader();
  private static final TypeFilter FILTER = new TypeFilter(List.of(Service.class.getName()), LOADER);
  private static final Encoder ENCODER = new Encoder();
  private static final VarHandle CALLS = table(CallClient.class, "calls");
  private static final VarHandle RUNNING = table(CallServer.class, "running");

  private final Connection connection = new Connection();
  private final Link link = new Link(connection, ENCODER);

  // the worker's end
  final CallClient client = new CallClient(() -> link, ENCODER, 1 << 20);
  final Service service = service();

  /// The thread that calls, or did.
  private volatile Thread caller;

  private volatile boolean returned;

  private static VarHandle table(Class<?> of, String name) {
    try {
      return MethodHandles.privateLookupIn(of, MethodHandles.lookup())
          .findVarHandle(of, name, Map.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Decoder decoder() {
    return new Decoder(FILTER, LOADER, HandleOpener.NONE);
  }

  private Service service() {
    Output handle = new Output();
    handle.putLong(1);
    handle.putString(Service.class.getName());
    try {
      return (Service) client.open(RemoteObject.KIND, input(handle), decoder());
    } catch (DecodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Input input(Output of) {
    return new Input(of.array(), 0, of.length());
  }

  // ---- the caller

  /// {@return what a call has come to}
  String call(Service callee) {
    caller = Thread.currentThread();
    try {
      return Integer.toString(callee.value());
    } catch (RemoteOwnerLostException _) {
      return "lost";
    } catch (InterruptedException _) {
      return "interrupted";
    } finally {
      returned = true;
    }
  }

  // ---- the reader of the connection

  /// Answers the call that is sent, if one is.
  void answer() {
    while (connection.number == 0) {
      if (returned) {
        return;
      }
      Thread.onSpinWait();
    }
    reply(connection.number);
  }

  private void reply(int number) {
    Output out = new Output();
    out.putInt(number);
    try {
      ENCODER.encode(42, out);
      client.reply(input(out), false, decoder());
    } catch (IOException | DecodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Interrupts the caller if it waits although all has been said: it would wait for ever, and that
  /// is what it then says. A thread that was notified does not wait any more.
  void rescue() {
    while (!returned) {
      Thread thread = caller;
      if (thread != null && thread.getState() == Thread.State.WAITING) {
        thread.interrupt();
      }
      Thread.onSpinWait();
    }
  }

  // ---- when both have ended

  /// {@return how many calls are in the table of the worker}
  int pending() {
    return ((Map<?, ?>) CALLS.get(client)).size();
  }

  /// {@return whether a cancel was sent if the call that was sent was interrupted, and only then}
  boolean cancelledIf(boolean interrupted) {
    return (connection.cancels == 1) == (interrupted && connection.number != 0);
  }

  /// {@return how many replies the pool has sent}
  int replies() {
    return connection.replies;
  }

  // ---- the pool's end

  /// {@return a server whose object is this}
  CallServer server(Service target) {
    Exports exports = new Exports("stress", ENCODER, UnaryOperator.identity());
    var _ = exports.add(Service.class, target);
    return new CallServer(exports, link, decoder(), LOADER, 1 << 20, _ -> {});
  }

  /// {@return the frame of a call, behind its header}
  static Input frameOfCall(int number) {
    Output out = new Output();
    out.putInt(number);
    out.putLong(1);
    out.putString("value()");
    try {
      ENCODER.encode(new Object[0], out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return input(out);
  }

  /// {@return the frame of a cancel, behind its header}
  static Input frameOfCancel(int number) {
    Output out = new Output();
    out.putInt(number);
    return input(out);
  }

  /// Waits for the thread of a call to end.
  static void join(Supplier<Thread> thread) {
    while (thread.get() == null) {
      Thread.onSpinWait();
    }
    try {
      thread.get().join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return how many calls are in the table of the pool}
  static int running(CallServer server) {
    return ((Map<?, ?>) RUNNING.get(server)).size();
  }

  /// Takes frames, and keeps the number of the call.
  private static final class Connection implements SteadyChannel {
    private static final int KIND_AT = 4;
    private static final int HEADER = 13;

    private volatile int number;
    private volatile int cancels;
    private volatile int replies;

    @Override
    public int write(ByteBuffer frame) {
      int length = frame.remaining();
      byte[] bytes = new byte[length];
      frame.get(bytes);
      switch (bytes[KIND_AT]) {
        case Frame.CALL -> number = number(bytes);
        case Frame.CANCEL -> cancels++;
        case Frame.RETURN, Frame.THROW -> replies++;
        default -> {
          // a definition
        }
      }
      return length;
    }

    private static int number(byte[] frame) {
      try {
        return new Input(frame, HEADER, frame.length).getInt();
      } catch (DecodingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void writeNow(ByteBuffer frame) {
      var _ = write(frame);
    }

    @Override
    public void whenWritable(Runnable late) {
      // there is always room
    }

    @Override
    public int read(ByteBuffer to) {
      return -1;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
