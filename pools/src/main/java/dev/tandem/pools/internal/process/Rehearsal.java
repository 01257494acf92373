package dev.tandem.pools.internal.process;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableFunction;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.worker.Frame;
import dev.tandem.pools.internal.worker.FrameInput;
import dev.tandem.pools.internal.worker.PoolAddress;
import dev.tandem.pools.internal.worker.StatusPage;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/// Plays the pool for one worker: greets it, sends tasks of the common kinds, and lets it go.
final class Rehearsal implements AutoCloseable {
  /// So often that the JVM knows which methods are used, in about a tenth of a second.
  private static final int ROUNDS = 100;

  private static final long MAX_MESSAGE = 1 << 20;

  private final PoolDirectory directory;
  private final Path socket;
  private final byte[] token = Spawned.newToken();
  private final StatusPage page;
  private final ServerSocketChannel server;
  private final Encoder encoder = new Encoder();
  private final Origins origins;
  private int lastNumber;

  Rehearsal(PoolDirectory directory, FleetSettings settings) throws IOException {
    this.directory = directory;
    this.socket = directory.files().resolve("aot");
    this.origins =
        new Origins(new TypeFilter(settings.allowed(), Rehearsal.class.getClassLoader()));
    this.page = StatusPageFile.create(directory.page(0));
    this.server = Doorkeeper.listen(socket);
  }

  String[] workerArguments() throws IOException {
    return Spawned.arguments(
        0, new PoolAddress(server.getLocalAddress()).toString(), directory.page(0));
  }

  /// Returns when the worker is about to exit.
  void run(Process worker) throws IOException, DecodingException {
    var _ = worker.onExit().thenRun(this::closeServer); // one that has died does not connect
    try (OutputStream stdin = worker.getOutputStream()) {
      stdin.write(token);
      stdin.write('\n');
      stdin.flush();
      try (SocketChannel channel = server.accept()) {
        play(channel);
      }
    }
  }

  private void play(SocketChannel channel) throws IOException, DecodingException {
    FrameInput frames = new FrameInput(channel, MAX_MESSAGE);
    if (frames.next() != Frame.HELLO || !knowsToken(frames.input())) {
      throw new IOException("a stranger has connected");
    }
    SendStream stream = new SendStream(channel, encoder, origins);
    stream.configure(MAX_MESSAGE, List.of());
    Output out = new Output();
    Message.begin(out, Frame.INITIALIZE, 0);
    stream.add(Message.of(out), 0);
    stream.flush();
    awaitAnswers(frames, 1);
    for (int i = 0; i < ROUNDS; i++) {
      awaitAnswers(frames, round(stream, i));
    }
    stream.send(Frame.EXIT);
    try {
      while (true) {
        frames.next();
      }
    } catch (EOFException _) {
      // it has closed the connection: it is exiting
    }
  }

  private boolean knowsToken(Input hello) throws DecodingException {
    return MessageDigest.isEqual(token, hello.getBytes(hello.getVarInt()));
  }

  private int round(SendStream stream, int i) throws IOException {
    String text = "rehearsal";
    byte[] bytes = new byte[1 << 15];
    Sample sample = new Sample(i, 0.5, text, List.of(1, 2), Map.of(text, i));
    int before = lastNumber;
    task(stream, () -> null);
    task(stream, () -> text.length() + i);
    task(stream, () -> sample);
    task(stream, () -> new int[] {sample.number()});
    task(stream, () -> bytes);
    task(
        stream,
        () -> {
          throw new IllegalStateException(text);
        });
    chunk(stream, x -> x + 1, List.of(1, 2, 3));
    stream.flush();
    return lastNumber - before;
  }

  private void task(SendStream stream, SerializableCallable<?> body) throws IOException {
    Output out = new Output();
    origins.allow(body.getClass());
    Message.begin(out, Frame.TASK, 0);
    encoder.encode(body, out);
    send(stream, out);
  }

  private void chunk(
      SendStream stream, SerializableFunction<Integer, Integer> function, List<Integer> inputs)
      throws IOException {
    Output out = new Output();
    origins.allow(function.getClass());
    Message.begin(out, Frame.CHUNK, 0);
    encoder.encode(null, out);
    encoder.encode(function, out);
    out.putVarInt(inputs.size());
    for (Integer input : inputs) {
      int at = out.length();
      out.putInt(0);
      encoder.encode(input, out);
      out.setInt(at, out.length() - at - 4);
    }
    send(stream, out);
  }

  private void send(SendStream stream, Output out) throws IOException {
    int number = ++lastNumber;
    page.queue(number);
    stream.add(Message.of(out), number);
  }

  private static void awaitAnswers(FrameInput frames, int count) throws IOException {
    for (int left = count; left > 0; ) {
      switch (frames.next()) {
        case Frame.READY, Frame.RESULT, Frame.FAILURE, Frame.CHUNK_END -> left--;
        default -> {} // definitions, items of a chunk
      }
    }
  }

  private void closeServer() {
    try {
      server.close();
    } catch (IOException _) {
      // nobody will connect
    }
  }

  @Override
  public void close() throws IOException {
    closeServer();
    Files.deleteIfExists(socket);
    StatusPageFile.delete(directory.page(0));
  }

  /// What tasks often have: numbers, a text, collections.
  private record Sample(
      int number, double ratio, String text, List<Integer> list, Map<String, Integer> map) {}
}
