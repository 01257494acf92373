package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.FuzzBound;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.wire.SteadyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/// A target of the fuzzer: calls of a remote object, as the pool reads them from the second
/// connection of a worker; before each its length, of which the last bit says that it is a cancel.
public final class FuzzCall {
  private static final int MOST_CALLS = 3;
  private static final ClassLoader LOADER = FuzzCall.class.getClassLoader();
  private static final Encoder ENCODER = new Encoder();

  /// Counts the calls that run: each has ended before the next input.
  private static final Phaser RUNNING = new Phaser(1);

  private static final Exports EXPORTS =
      new Exports(
          "fuzz",
          ENCODER,
          call -> {
            RUNNING.register();
            return () -> {
              try {
                call.run();
              } finally {
                RUNNING.arriveAndDeregister();
              }
            };
          });

  private static final long OBJECT = EXPORTS.add(Service.class, new Target());

  /// What can be called.
  public interface Service {
    Object same(Object any);

    int sum(int first, long second);

    void fail(String message);
  }

  private static final class Target implements Service {
    @Override
    public Object same(Object any) {
      return any;
    }

    @Override
    public int sum(int first, long second) {
      return first + (int) second;
    }

    @Override
    public void fail(String message) {
      throw new IllegalStateException(message);
    }
  }

  /// A connection whose other side reads everything.
  private static final class Drain implements SteadyChannel {
    @Override
    public int read(ByteBuffer target) {
      return -1;
    }

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      source.position(source.limit());
      return count;
    }

    @Override
    public void writeNow(ByteBuffer source) {
      source.position(source.limit());
    }

    @Override
    public void whenWritable(@Nullable Runnable late) {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private FuzzCall() {}

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    try {
      for (var method : Service.class.getMethods()) {
        Object[][] arguments = {{"x"}, {1, 2L}, {List.of(1)}, {new StringBuilder("jdk")}, {}};
        for (Object[] each : arguments) {
          Output call = new Output();
          call.putInt(7);
          call.putLong(OBJECT);
          call.putString(RemoteObject.name(method));
          ENCODER.encode(each, call);
          Output all = new Output();
          all.putVarInt(call.length() << 1);
          all.putBytes(call.array(), 0, call.length());
          all.putVarInt(4 << 1 | 1);
          all.putInt(7);
          seeds.add(Arrays.copyOf(all.array(), all.length()));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    List<Throwable> broken = new ArrayList<>();
    try {
      FuzzBound.check(
          data.length,
          MOST_CALLS * FuzzBound.OVERFLOW,
          () -> {
            read(data, broken);
            return null;
          });
    } finally {
      RUNNING.arriveAndAwaitAdvance();
    }
    if (!broken.isEmpty()) {
      throw new AssertionError("a reply could not be sent", broken.getFirst());
    }
  }

  private static void read(byte[] data, List<Throwable> broken) {
    TypeFilter filter = new TypeFilter(List.of(), LOADER);
    Decoder decoder = new Decoder(filter, LOADER, EXPORTS);
    Link link = new Link(new Drain(), ENCODER);
    CallServer calls =
        new CallServer(
            EXPORTS,
            link,
            decoder,
            LOADER,
            1 << 20,
            e -> {
              synchronized (broken) {
                broken.add(e);
              }
            });
    Input all = new Input(data, 0, data.length);
    try {
      for (int i = 0; i < MOST_CALLS; i++) {
        int head = all.getVarInt();
        int from = all.skip(head >>> 1);
        Input in = new Input(data, from, from + (head >>> 1));
        if ((head & 1) == 0) {
          calls.begin(in);
        } else {
          calls.cancel(in);
        }
      }
    } catch (DecodingException e) { // the worker would be lost
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError("a failure without a message", e);
      }
    }
  }
}
