package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameInput.BrokenFrameException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The reader of one worker's answers: of its connection until that ends, then of the replies that
/// the worker had committed and not sent. Runs no code of users but what decoding their objects
/// takes. Thread: the worker's reader.
final class ReplyReader {
  /*
   * An answer is decoded first; then its job is settled, if no other thread has settled it meanwhile.
   * While it is decoded, the reader can be given up (ReaderState).
   *
   * A worker that goes wrong must not take memory here: what it may send once is refused the second
   * time, and its definitions are bounded.
   */

  private final Fleet fleet;
  private final Worker worker;
  private final Decoder decoder;
  private final BlobMemory large;
  private final @Nullable ClassLoader initializerGuest;
  private @Nullable Job inBatch;
  private int answered; // of what has arrived together, the tasks that the worker is through with
  private int started; // the number of the last task that was said to have started
  private boolean initialized;
  private boolean wornOut;

  /// Ends a reader that was given up, and must touch nothing any more.
  private static final class GivenUpException extends Exception {
    private static final long serialVersionUID = 1L;

    GivenUpException() {
      super(null, null, false, false);
    }
  }

  /// @param large is made for the first large result
  /// @param initializerGuest finds the classes of the initializer's failure; null if the pool's
  ///   loader does
  ReplyReader(
      Fleet fleet,
      Worker worker,
      Decoder decoder,
      BlobMemory large,
      @Nullable ClassLoader initializerGuest) {
    this.fleet = fleet;
    this.worker = worker;
    this.decoder = decoder;
    this.large = large;
    this.initializerGuest = initializerGuest;
  }

  /// Reads until the end, or until it finds that it was given up.
  ///
  /// @return what the worker sent that no worker sends; null if nothing
  @Nullable Throwable read(FrameInput frames) {
    worker.reading.readHere();
    try {
      Throwable broken = readFrom(frames);
      endBatch();
      if (broken == null) {
        broken = readFrom(frames.followedBy(worker.page().unsentReplies(frames.received())));
        endBatch();
      }
      return broken;
    } catch (GivenUpException e) {
      return null;
    }
  }

  private @Nullable Throwable readFrom(FrameInput frames) throws GivenUpException {
    try {
      readAll(frames);
    } catch (BrokenFrameException e) {
      return e;
    } catch (IOException e) {
      // the end, or a reset, if it died with unread input; or no whole frame is left
    } catch (DecodingException | RuntimeException | Error e) {
      return e; // also of no memory for what it sent
    }
    return null;
  }

  private void readAll(FrameInput frames) throws IOException, DecodingException, GivenUpException {
    answered = 0;
    while (true) {
      int kind = frames.next();
      if (frames.blobBytes() >= BlobMemory.WORTHWHILE) {
        large.make(); // for the next
      }
      handle(kind, frames.input());
      if (!frames.hasNext()) {
        endBatch();
        worker.feed.paced(answered);
        answered = 0;
        fleet.dispatcher.roomIn(worker);
        fleet.sizer.answered(worker);
      }
    }
  }

  private void endBatch() {
    if (inBatch != null) {
      inBatch.client.batchEnded();
      inBatch = null;
    }
  }

  private void handle(int kind, Input in) throws DecodingException, GivenUpException {
    switch (kind) {
      case Frame.RESULT, Frame.FAILURE, Frame.CHUNK_END -> answered(kind, in);
      case Frame.SKIPPED -> skipped(in);
      case Frame.ITEM_RESULT, Frame.ITEM_FAILURE, Frame.ITEM_NOT_SENT -> itemAnswered(kind, in);
      case Frame.STARTED -> started(in);
      case Frame.DEFINE -> define(in);
      case Frame.WORN_OUT -> wornOut();
      case Frame.READY, Frame.NOT_READY -> initialized(kind, in);
      default -> throw new DecodingException("a frame of the unknown kind " + kind);
    }
  }

  private void answered(int kind, Input in) throws DecodingException, GivenUpException {
    int as = next(in);
    Job job = worker.inFlight.job(as);
    Object answer = job == null || job.isSettled() ? null : decoded(kind, in, job.guest);
    worker.feed.answered(as, true);
    answered++;
    if (job != null) {
      try {
        if (job.settle()) {
          job.client.answered(kind, answer);
        }
      } finally {
        job.leave();
      }
    }
  }

  private void skipped(Input in) throws DecodingException {
    int as = next(in);
    if (!worker.page().isWithdrawn(as)) {
      throw new DecodingException("task %s was skipped, and not withdrawn".formatted(as));
    }
    worker.feed.answered(as, false);
    answered++;
  }

  private void itemAnswered(int kind, Input in) throws GivenUpException {
    Job job = worker.inFlight.job(worker.nextAnswer());
    if (job == null || job.isSettled()) {
      return;
    }
    if (inBatch != job) {
      endBatch();
      inBatch = job;
    }
    job.client.itemAnswered(kind, decoded(kind, in, job.guest));
  }

  private void started(Input in) throws DecodingException {
    int as = next(in);
    if (as == started) {
      throw new DecodingException("task %s has started twice".formatted(as));
    }
    started = as;
    Job job = worker.inFlight.job(as);
    if (job != null) {
      job.client.started();
    }
  }

  private void wornOut() {
    if (!wornOut) {
      wornOut = true;
      fleet.sizer.recycleNow(worker);
    }
  }

  private void define(Input in) throws DecodingException {
    worker.defines(in.remaining());
    decoder.define(in.getInt(), in);
  }

  private void initialized(int kind, Input in) throws DecodingException, GivenUpException {
    if (initialized) {
      throw new DecodingException("it has initialized twice");
    }
    initialized = true;
    if (kind == Frame.READY) {
      fleet.ready(worker);
    } else if (decoded(kind, in, initializerGuest) instanceof JobClient.Failed failed) {
      fleet.notReady(worker, failed.failure());
    }
  }

  /// Decodes an answer, which may run code of the application.
  ///
  /// @param guest finds the classes of the answer; null if the pool's loader does
  /// @return the answer, or a [JobClient.Failed]
  private @Nullable Object decoded(int kind, Input in, @Nullable ClassLoader guest)
      throws GivenUpException {
    worker.reading.begin();
    Object answer;
    try {
      answer =
          switch (kind) {
            case Frame.RESULT, Frame.ITEM_RESULT -> decoder.in(guest).decode(in);
            case Frame.FAILURE, Frame.ITEM_FAILURE, Frame.NOT_READY ->
                new JobClient.Failed(decoder.in(guest).decodeFailure(in));
            default -> null;
          };
    } catch (DecodingException e) {
      answer = new JobClient.Failed(e.ofResult());
    } catch (Throwable e) { // no memory for it here
      answer = new JobClient.Failed(e);
    }
    if (!worker.reading.end()) {
      throw new GivenUpException();
    }
    return answer;
  }

  /// {@return the number of the task that it is about, which must be the next}
  private int next(Input in) throws DecodingException {
    int as = in.getInt();
    if (as != worker.nextAnswer() || worker.inFlight.isEmpty()) {
      throw new DecodingException(
          "an answer to task %s (expected: to task %s)".formatted(as, worker.nextAnswer()));
    }
    return as;
  }
}
