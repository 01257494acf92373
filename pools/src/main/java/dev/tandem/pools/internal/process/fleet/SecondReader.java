package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.CallServer;
import dev.tandem.pools.internal.share.Link;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import dev.tandem.pools.internal.wire.SteadyChannel;
import java.io.IOException;
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

  SecondReader(Fleet fleet, Worker worker, SteadyChannel channel) {
    this.fleet = fleet;
    this.worker = worker;
    this.link = new Link(channel, fleet.encoder);
    this.decoder = new Decoder(fleet.filter, fleet.loader, fleet.handles);
    this.calls =
        new CallServer(
            fleet.exports,
            link,
            decoder,
            fleet.loader,
            fleet.options.limits().message(),
            e -> lose("an answer could not be sent: " + e));
  }

  /// Reads until the connection ends.
  void read(FrameInput frames) {
    try {
      link.send(Frame.LINKED); // before anything else is sent over it
      if (!worker.linked(link)) {
        return; // it is gone already
      }
      while (true) {
        read(frames.next(), frames.input());
      }
    } catch (BrokenFrameException | DecodingException | RuntimeException | Error e) {
      lose("it sent what cannot be read: " + e);
    } catch (IOException e) { // the end, or a reset, if it died with unread input
      log.debug(
          "{}: second connection of worker {}: {}", fleet.name(), worker.number, e.toString());
    }
  }

  private void lose(String reason) {
    if (worker.kill() == null && !fleet.state.isEnding()) {
      worker.lose(reason);
    }
  }

  private void read(int kind, Input in) throws DecodingException {
    switch (kind) {
      case Frame.DEFINE -> {
        worker.defines(in.remaining());
        decoder.define(in.getInt(), in);
      }
      case Frame.CALL -> calls.begin(in);
      case Frame.CANCEL -> calls.cancel(in);
      case Frame.RING -> fleet.channels.rung(in.getLong());
      default -> throw new DecodingException("a frame of the unknown kind " + kind);
    }
  }
}
