package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.CallServer;
import dev.tandem.pools.internal.share.Link;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pool's end of a worker's second connection: reads what its tasks ask for while they run.
///
/// What cannot be read ends the worker: it has gone wrong, and its tasks would wait for answers.
///
/// Thread: one of its own.
final class SecondReader {
  private static final Logger log = LoggerFactory.getLogger(SecondReader.class);

  private final Fleet fleet;
  private final Worker worker;
  private final Link link;
  private final Decoder decoder;
  private final CallServer calls;

  SecondReader(Fleet fleet, Worker worker, ByteChannel channel) {
    this.fleet = fleet;
    this.worker = worker;
    this.link = new Link(channel, fleet.encoder);
    this.decoder = new Decoder(fleet.filter, fleet.loader, fleet.handles);
    this.calls =
        new CallServer(
            fleet.name() + "-call",
            fleet.exports,
            link,
            decoder,
            fleet.encoder,
            fleet.loader,
            fleet.options.limits().message());
  }

  /// Reads until the connection ends.
  void read(FrameInput frames) {
    if (!worker.linked(link)) {
      return; // it is gone already
    }
    try {
      while (true) {
        read(frames.next(), frames.input());
      }
    } catch (EOFException e) {
      log.debug("{}: worker {} has closed its second connection", fleet.name(), worker.number);
    } catch (IOException | DecodingException | RuntimeException | Error e) {
      if (worker.kill() == null && !fleet.state.isEnding()) {
        worker.lose("it sent what cannot be read: " + e);
      }
    }
  }

  private void read(int kind, Input in) throws IOException, DecodingException {
    switch (kind) {
      case Frame.DEFINE -> decoder.define(in.getInt(), in);
      case Frame.CALL -> calls.begin(in);
      case Frame.CANCEL -> calls.cancel(in);
      default -> throw new IOException("a frame of the unknown kind " + kind);
    }
  }
}
