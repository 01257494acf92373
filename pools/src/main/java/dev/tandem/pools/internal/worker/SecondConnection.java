package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.share.CallClient;
import dev.tandem.pools.internal.share.Link;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/// A worker's second connection to its pool, over which tasks reach what they share with other
/// processes while they run. It is opened by the first task that needs it. A thread of its own
/// reads it: the main thread runs the task.
final class SecondConnection extends Thread implements CallClient.Connector {
  private final String address;
  private final int number;
  private final byte[] token;
  private final Encoder encoder;
  private final long maxMessage;
  private @Nullable Link link; // guarded by this
  private @Nullable IOException failure; // guarded by this
  private @Nullable FrameInput frames; // written before the thread starts
  private @Nullable Decoder decoder;
  private @Nullable CallClient calls;

  SecondConnection(String address, int number, byte[] token, Encoder encoder, long maxMessage) {
    super(null, null, "tandem-link", 0, false);
    this.address = address;
    this.number = number;
    this.token = token;
    this.encoder = encoder;
    this.maxMessage = maxMessage;
    setDaemon(true);
  }

  /// Sets what the frames of the pool are for. Before any task runs.
  ///
  /// @param by the decoder of what comes over this connection alone
  void serve(Decoder by, CallClient client) {
    decoder = by;
    calls = client;
  }

  @Override
  public synchronized Link link() throws IOException {
    IOException earlier = failure;
    if (earlier != null) {
      throw new IOException(earlier.getMessage(), earlier); // the token was used
    }
    Link open = link;
    if (open == null) {
      try {
        open = open();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
      link = open;
      start();
    }
    return open;
  }

  private Link open() throws IOException {
    ByteChannel channel = Transport.connectSteadily(address);
    try {
      Output hello = FrameWriter.helloAgain(number, token);
      ByteBuffer bytes = ByteBuffer.wrap(hello.array(), 0, hello.length());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      FrameInput input = FrameInput.ofPool(channel);
      input.allow(maxMessage);
      frames = input;
      return new Link(channel, encoder);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void run() {
    FrameInput input = frames;
    Decoder by = decoder;
    CallClient client = calls;
    if (input == null || by == null || client == null) {
      throw new IllegalStateException("not open");
    }
    try {
      while (true) {
        read(input, by, client);
      }
    } catch (IOException | DecodingException | RuntimeException | Error e) {
      client.end(String.valueOf(e.getMessage()));
    }
  }

  private static void read(FrameInput input, Decoder by, CallClient client)
      throws IOException, DecodingException {
    int kind = input.next();
    Input in = input.input();
    switch (kind) {
      case Frame.DEFINE -> {
        synchronized (by) { // callers decode replies
          by.define(in.getInt(), in);
        }
      }
      case Frame.RETURN, Frame.THROW -> client.reply(in.copy(), kind == Frame.THROW, by);
      default -> throw new IOException("a frame of the unknown kind " + kind);
    }
  }
}
