package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.worker.Frame;
import dev.tandem.pools.internal.worker.FrameInput;
import dev.tandem.pools.internal.worker.FrameInput.BrokenFrameException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads what one worker answers, in a thread of its own, until its connection ends, and then what
/// it had not sent yet. Runs no code of users but what decoding their objects takes.
final class ReplyReader {
  private final Fleet fleet;
  private final Worker worker;
  private final Decoder decoder;
  private @Nullable Job inBatch;

  ReplyReader(Fleet fleet, Worker worker, Decoder decoder) {
    this.fleet = fleet;
    this.worker = worker;
    this.decoder = decoder;
  }

  /// Reads until the end.
  ///
  /// @return what was broken, if the worker sent what no worker sends
  @Nullable Throwable read(FrameInput frames) {
    Throwable broken = null;
    try {
      readAll(frames);
    } catch (BrokenFrameException e) {
      broken = e;
    } catch (IOException e) {
      // the end, or a reset, if it died with unread input
    } catch (DecodingException | RuntimeException | Error e) {
      broken = e; // also of no memory for what it sent
    }
    endBatch();
    if (broken == null) {
      try {
        readAll(frames.followedBy(worker.page().unsentReplies(frames.received())));
      } catch (IOException e) {
        // no whole frame is left
      } catch (DecodingException | RuntimeException | Error e) {
        broken = e;
      }
      endBatch();
    }
    return broken;
  }

  private void readAll(FrameInput frames) throws IOException, DecodingException {
    int answered = 0;
    while (true) {
      int kind = frames.next();
      if (handle(kind, frames.input())) {
        answered++;
      }
      if (!frames.hasNext()) {
        endBatch();
        worker.paced(answered);
        answered = 0;
        fleet.dispatcher().roomIn(worker);
        fleet.looked(worker);
      }
    }
  }

  private void endBatch() {
    if (inBatch != null) {
      inBatch.batchEnded();
      inBatch = null;
    }
  }

  /// {@return whether a task is through}
  @SuppressWarnings("RefactorSwitch") // one case beside the other
  private boolean handle(int kind, Input in) throws DecodingException {
    switch (kind) {
      case Frame.RESULT, Frame.FAILURE, Frame.CHUNK_END -> {
        int as = next(in);
        Job job = worker.job(as);
        worker.answered(as, true);
        if (job != null) {
          answered(job, kind, in);
        }
        return true;
      }
      case Frame.SKIPPED -> {
        worker.answered(next(in), false);
        return true;
      }
      case Frame.ITEM_RESULT, Frame.ITEM_FAILURE, Frame.ITEM_NOT_SENT -> {
        Job job = worker.job(worker.nextAnswer());
        if (job != null) {
          if (inBatch != job) {
            endBatch();
            inBatch = job;
          }
          job.itemAnswered(kind, in, decoder.in(job.guest()));
        }
        return false;
      }
      case Frame.STARTED -> {
        Job job = worker.job(next(in));
        if (job != null) {
          job.started();
        }
        return false;
      }
      case Frame.DEFINE -> {
        decoder.define(in.getInt(), in);
        return false;
      }
      case Frame.WORN_OUT -> {
        fleet.recycleNow(worker);
        return false;
      }
      case Frame.READY -> {
        fleet.ready(worker);
        return false;
      }
      case Frame.NOT_READY -> {
        fleet.notReady(worker, decoder.in(fleet.initializerGuest()).decodeFailure(in));
        return false;
      }
      default -> throw new DecodingException("a frame of the unknown kind " + kind);
    }
  }

  private void answered(Job job, int kind, Input in) throws DecodingException {
    try {
      if (job.settle()) {
        job.answered(kind, in, decoder.in(job.guest()));
      }
    } finally {
      job.leave();
    }
  }

  /// {@return the number of the task that it is about, which must be the next}
  private int next(Input in) throws DecodingException {
    int as = in.getInt();
    if (as != worker.nextAnswer() || worker.isIdle()) {
      throw new DecodingException(
          "an answer to task %d (expected: to task %d)".formatted(as, worker.nextAnswer()));
    }
    return as;
  }
}
