package dev.tandem.pools.internal.worker;

import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.StatusPage;
import dev.tandem.pools.internal.wire.Transport;
import dev.tandem.pools.internal.wire.WorkerJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The main class of a worker process.
///
/// Its arguments: its number, the address of the pool, the file of its status page, the process id
/// of the pool. The first line of its standard input is the token with which it authenticates
/// itself, the second what marks in its output begin with; the rest never comes: the end of it is
/// the end of the pool.
public final class WorkerMain {
  /// The first tasks should not share the processor with it.
  private static final long ISOLATION_DELAY_NANOS = 300_000_000;

  private WorkerMain() {}

  /// Runs the worker.
  ///
  /// @param args see above
  public static void main(String[] args) {
    new Preload().start();
    int number = Integer.parseInt(args[0]);
    InputStream stdin = System.in;
    System.setIn(InputStream.nullInputStream()); // a task that reads it would take our sign of life
    SignalGuard.set();
    int exit;
    try {
      byte[] token = token(stdin);
      WorkerOutput.install(new String(token(stdin), StandardCharsets.US_ASCII));
      ParentWatch.start(stdin);
      exit =
          work(number, token, args[1], StatusPage.open(Path.of(args[2])), Long.parseLong(args[3]));
    } catch (BrokenFrameException | DecodingException e) {
      System.err.println(e.getMessage());
      exit = WorkerJvm.PROTOCOL;
    } catch (IOException e) {
      // The pool has closed the connection or is gone; it knows more than we do.
      exit = WorkerJvm.NO_POOL;
    } catch (Throwable e) {
      e.printStackTrace(); // outside of any task; a thread that one has left must not keep us
      exit = WorkerJvm.FAILED;
    }
    ExitMark.expect();
    System.exit(exit);
  }

  private static int work(int number, byte[] token, String address, StatusPage page, long parent)
      throws IOException, DecodingException {
    try (Connection connection = Connection.to(address, FrameWriter.hello(number, token), false)) {
      ByteChannel channel = connection.channel();
      FrameInput frames = connection.frames();
      int greeting = connection.greeting();
      if (connection.kind() != Frame.CONFIGURE) {
        return WorkerJvm.PROTOCOL;
      }
      Input configuration = frames.input();
      long maxMessage = configuration.getLong();
      frames.allow(maxMessage);
      byte[] secondToken = configuration.getBytes(configuration.getVarInt());
      List<String> patterns = new ArrayList<>();
      for (int i = configuration.getVarInt(); i > 0; i--) {
        patterns.add(configuration.getString());
      }
      // as the one who has called main says: a loader of jars in a jar is not the one of this class
      // if that is outside of the jar
      ClassLoader loader = ContextLoader.thatFinds(WorkerMain.class);
      Thread.currentThread().setContextClassLoader(loader);
      TypeFilter filter = new TypeFilter(patterns, loader);
      Encoder encoder = new Encoder();
      ReplyStream replies = new ReplyStream(page, channel, encoder, greeting);
      SharedObjects shared =
          new SharedObjects(
              new SecondConnection.Address(address, number, secondToken),
              encoder,
              filter,
              loader,
              maxMessage);
      Ticker ticker = new Ticker(page, replies, shared);
      ticker.start();
      Runtime.getRuntime().addShutdownHook(new ExitMark(page, Thread.currentThread()));
      Isolation.late(parent, ISOLATION_DELAY_NANOS);
      int exit =
          new TaskLoop(
                  frames,
                  replies,
                  page,
                  ticker,
                  encoder,
                  new Decoder(filter, loader, shared),
                  filter,
                  maxMessage)
              .run();
      ParentWatch.leave();
      return exit;
    }
  }

  /// Preloads on another processor what the connection needs.
  private static final class Preload extends Thread {
    Preload() {
      setDaemon(true);
    }

    @Override
    public void run() {
      Transport.preload();
    }
  }

  private static byte[] token(InputStream stdin) throws IOException {
    byte[] line = new byte[256];
    int length = 0;
    for (int b; (b = stdin.read()) != '\n'; ) {
      if (b < 0 || length == line.length) {
        throw new IOException("no token");
      }
      line[length++] = (byte) b;
    }
    return Arrays.copyOf(line, length);
  }
}
