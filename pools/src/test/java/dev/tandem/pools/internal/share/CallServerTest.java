package dev.tandem.pools.internal.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.SteadyChannel;
import dev.tandem.pools.internal.wire.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that cannot begin, or whose reply cannot be sent.
class CallServerTest {
  private static final ClassLoader LOADER = CallServerTest.class.getClassLoader();

  private final Encoder encoder = new Encoder();
  private final ConcurrentLinkedQueue<Throwable> broken = new ConcurrentLinkedQueue<>();
  @TempDir Path directory;

  @Test
  void callWithoutAThreadIsRefusedAndTheNextRuns() throws Exception {
    AtomicBoolean lacking = new AtomicBoolean(true);
    UnaryOperator<Runnable> duty =
        call -> {
          if (lacking.getAndSet(false)) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return call;
        };
    Exports exports = new Exports("call", encoder, duty);
    exports.export(Callable.class, () -> "done");
    try (Transport transport = Transport.listen(directory.resolve("s"), _ -> {});
        SteadyChannel worker = Transport.connectSteadily(transport.address());
        SteadyChannel pool = transport.accept()) {
      FrameInput answers = FrameInput.ofPool(worker);
      CallServer server = server(exports, pool);

      server.begin(call(1));
      assertThat(answers.next()).isEqualTo(Frame.THROW);
      assertThat(answers.input().getInt()).isEqualTo(1);
      assertThat(decoder().decodeFailure(answers.input()))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("there is no thread for the call")
          .hasMessageContaining("unable to create native thread");

      server.begin(call(2));
      assertThat(answers.next()).isEqualTo(Frame.RETURN);
      assertThat(answers.input().getInt()).isEqualTo(2);
      assertThat(decoder().decode(answers.input())).isEqualTo("done");
    }
    assertThat(broken).isEmpty();
  }

  private CallServer server(Exports exports, SteadyChannel pool) {
    Link link = new Link(pool, encoder);
    return new CallServer(exports, link, decoder(), LOADER, 1 << 20, broken::add);
  }

  private static Decoder decoder() {
    return new Decoder(new TypeFilter(List.of(), LOADER), LOADER, HandleOpener.NONE);
  }

  /// {@return the content of a frame that calls the first object}
  private static Input call(int number) throws Exception {
    Output out = new Output();
    out.putInt(number);
    out.putLong(1);
    out.putString("call()");
    new Encoder().encode(new Object[0], out);
    return new Input(out.array(), 0, out.length());
  }
}
