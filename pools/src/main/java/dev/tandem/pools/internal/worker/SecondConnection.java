package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.channel.WorkerChannels;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.CallClient;
import dev.tandem.pools.internal.share.Link;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.SteadyChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A worker's second connection to its pool, over which tasks reach what they share with other
/// processes while they run. It is opened by the first task that needs it.
///
/// A thread of its own opens and reads it: the main thread runs the task, and the interrupt of a
/// thread of the task must not end what all of them share.
final class SecondConnection implements CallClient.Connector, Runnable {
  /// Where the connection goes.
  static final class Address {
    final String pool;
    final int worker;
    private final byte[] token;

    /// @param pool the address of the pool
    /// @param worker the number of this worker
    /// @param token what authenticates it
    Address(String pool, int worker, byte[] token) {
      this.pool = pool;
      this.worker = worker;
      this.token = token;
    }
  }

  private final Address address;
  private final Encoder encoder;
  private final long maxMessage;
  private boolean started; // guarded by this, as are the next two
  private @Nullable Link link;
  private @Nullable String failure;
  private @Nullable Decoder decoder; // written before any task runs, as is the next
  private @Nullable CallClient calls;
  private @Nullable WorkerChannels channels;

  SecondConnection(Address address, Encoder encoder, long maxMessage) {
    this.address = address;
    this.encoder = encoder;
    this.maxMessage = maxMessage;
  }

  /// Sets what the frames of the pool are for. Before any task runs.
  ///
  /// @param by the decoder of what comes over this connection alone
  void serve(Decoder by, CallClient client, WorkerChannels known) {
    decoder = by;
    calls = client;
    channels = known;
  }

  @Override
  public synchronized Link link() throws IOException, InterruptedException {
    if (!started) {
      Thread reader = new Thread(null, this, "tandem-link", 0, false);
      reader.setDaemon(true);
      reader.start(); // if there is no thread to be had, the next call tries again
      started = true;
    }
    while (true) {
      String why = failure;
      if (why != null) {
        throw new IOException(why); // the token was used
      }
      Link open = link;
      if (open != null) {
        return open;
      }
      wait();
    }
  }

  // ---- Thread: its own

  @Override
  public void run() {
    Decoder by = decoder;
    CallClient client = calls;
    WorkerChannels known = channels;
    if (by == null || client == null || known == null) {
      throw new IllegalStateException("serve was not called");
    }
    try (Connection connection =
        Connection.to(address.pool, FrameWriter.helloAgain(address.worker, address.token), true)) {
      if (connection.kind() != Frame.LINKED) {
        throw new IOException("a frame of the unknown kind " + connection.kind());
      }
      FrameInput frames = connection.frames();
      frames.allow(maxMessage);
      opened(new Link((SteadyChannel) connection.channel(), encoder));
      while (true) {
        read(frames, by, client, known);
      }
    } catch (IOException | DecodingException | RuntimeException | Error e) {
      String why = String.valueOf(e.getMessage());
      failed(why);
      client.end(why);
      known.lost(why);
    }
  }

  private synchronized void opened(Link open) {
    link = open;
    notifyAll();
  }

  private synchronized void failed(String why) {
    failure = why;
    notifyAll();
  }

  private static void read(
      FrameInput frames, Decoder by, CallClient client, WorkerChannels channels)
      throws IOException, DecodingException {
    int kind = frames.begin();
    String problem = HeapRoom.lacking(frames.length());
    if (problem != null) {
      int call = frames.taskNumber();
      frames.skip();
      client.noRoom(call, problem);
      return;
    }
    frames.complete();
    Input in = frames.input();
    switch (kind) {
      case Frame.DEFINE -> {
        synchronized (by) { // callers decode replies
          by.define(in.getInt(), in);
        }
      }
      case Frame.RETURN, Frame.THROW -> client.reply(in.copy(), kind == Frame.THROW, by);
      case Frame.RING -> channels.rung(in.getLong());
      default -> throw new IOException("a frame of the unknown kind " + kind);
    }
  }
}
