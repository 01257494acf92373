package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import com.google.common.math.LongMath;
import dev.tandem.cluster.internal.CallerCode.Request;
import dev.tandem.cluster.internal.ReceivedReply.Outcome;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.executor.ItemEvents;
import java.io.NotSerializableException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A part of a map over a cluster: some inputs that go to a member in one message, and whose
/// outcomes come back in one.
///
/// Its inputs are replaced by their results by one thread at a time: the consumer until it is sent,
/// then the one that has decided its errand, and the consumer again when `arrived` is set.
final class ClusterPart<I, R extends @Nullable Object> {
  private final ClusterMap<I, R> map;
  private final @Nullable Object[] inputs;
  private int size; // smaller than there are inputs, if one has ended the map
  private int delivered;
  private int taken; // Thread: consumer
  private volatile boolean arrived;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile @Nullable PartErrand errand;
  private @Nullable ItemEvents events;

  /// @param inputs its own from now on
  ClusterPart(ClusterMap<I, R> map, @Nullable Object[] inputs) {
    this.map = map;
    this.inputs = inputs;
    this.size = inputs.length;
  }

  // ---- the consumer

  boolean hasNext() {
    return arrived && taken < size;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a result took the place of its input
  R next() {
    R result = (R) inputs[taken];
    inputs[taken++] = null;
    return result;
  }

  /// Sends the part.
  void send() {
    if (map.eachIsATask) {
      events = new ItemEvents(map.executor.host, map.executor.callbacks);
    }
    sendRest();
  }

  /// Sends the inputs that have no outcome.
  private void sendRest() {
    try {
      Request request = encoded();
      if (request == null || map.isStopped()) {
        arrive();
        step();
        return;
      }
      PartErrand next = new PartErrand(request);
      errand = next;
      map.executor.dispatcher.add(next);
      if (map.isStopped()) {
        stop(); // the thread that stopped the map may have looked before
      }
    } catch (NotSerializableException e) { // the function, its context, or all together
      failRest(e);
      arrive();
      step();
    } catch (Throwable e) { // no memory
      map.fail(e);
      arrive();
      step();
    }
  }

  /// {@return a message with the inputs that have no outcome, up to one that cannot be sent; null
  /// if none is left} Those before the first that can be sent fail at once.
  private @Nullable Request encoded() throws NotSerializableException {
    Output out = new Output(Envelope.MOST_BYTES);
    var encoder = map.executor.code.encoder;
    Object function = map.function.sent();
    out.putByte(map.function.settles() ? Wire.GOES_ON : 0);
    encoder.encodeBody(map.context, out);
    encoder.encodeBody(function, out);
    int count = out.length();
    out.putInt(0);
    int i = delivered;
    for (; i < size; i++) {
      int at = out.length();
      int blobs = out.blobs().size();
      out.putInt(0);
      try {
        encoder.encode(inputs[i], out);
      } catch (NotSerializableException e) {
        out.truncate(at, blobs);
        if (i > delivered) {
          break; // it is sent, or fails, in its turn
        }
        failed(e);
        continue;
      }
      out.setInt(at, out.length() - at - Integer.BYTES);
    }
    if (delivered == size) {
      return null;
    }
    out.setInt(count, i - delivered);
    return map.executor.code.seal(Wire.CHUNK, "", map.timeoutNanos, function.getClass(), out);
  }

  // ---- outcomes

  @SuppressWarnings("unchecked") // it is the input until its result is there
  private I input() {
    return (I) requireNonNull(inputs[delivered]);
  }

  private void succeeded(@Nullable Object value) {
    if (events != null) {
      events.succeeded();
    }
    R result = map.function.received(input(), value);
    inputs[delivered++] = result;
  }

  private void failed(Throwable e) {
    if (events != null) {
      events.failed(e);
    }
    R recovered = map.function.recover(input(), e);
    if (recovered == null) {
      map.fail(e);
      size = delivered;
    } else {
      inputs[delivered++] = recovered;
    }
  }

  private void failRest(Throwable e) {
    while (delivered < size && !map.isStopped()) {
      failed(e);
    }
  }

  /*
   * Two things happen, in any order and perhaps on two threads: its outcomes arrive, or it is
   * stopped; and no member has it any more. The second counts it out.
   */
  private void step() {
    if (steps.incrementAndGet() == 2) {
      leave();
    }
  }

  /// Lets the consumer have the outcomes.
  private void arrive() {
    arrived = true;
    map.arrived(this);
    step();
  }

  private void leave() {
    if (events != null) {
      events.ended(map.isStopped());
    }
    map.gone();
  }

  // ---- any thread

  /// Stops it: what has not begun never runs, what runs is interrupted.
  void stop() {
    PartErrand now = errand;
    if (now != null) {
      now.stop();
    }
  }

  /// One message with inputs of the part.
  private final class PartErrand extends Errand {
    private final Request request;
    private volatile @Nullable Future<?> timer;

    /// Whether inputs were left that could not be sent together with the others. Thread: the one
    /// that takes the answer.
    private boolean partly;

    PartErrand(Request request) {
      super(map.executor.retries());
      this.request = request;
    }

    @Override
    byte[] request(Attempt attempt) {
      return request.bytes(attempt);
    }

    @Override
    boolean mayWaitThere() {
      return !map.eachIsATask;
    }

    @Override
    void begun(Attempt attempt) {
      if (events != null) {
        events.started();
      }
      if (map.timeoutNanos > 0) {
        long last = LongMath.saturatedAdd(map.timeoutNanos, map.executor.host.graceNanos);
        timer = TaskTimer.after(last, () -> timedOut(attempt));
      }
    }

    private void timedOut(Attempt attempt) {
      if (decide(attempt)) {
        map.executor.dispatcher.stop(attempt);
        failRest(timeout(attempt, true));
        arrive();
      }
    }

    private TaskTimeoutException timeout(Attempt attempt, boolean stillRunning) {
      String name = map.executor.host.name + "-map";
      return ClusterRun.timeout(map.executor, name, map.timeoutNanos, attempt, stillRunning);
    }

    private void stop() {
      switch (decideNow()) {
        case WAITING -> {
          leave();
          map.executor.dispatcher.decidedHere();
        }
        case UNDER_WAY -> {
          stopThere();
          step();
        }
        case DECIDED -> {
          // by its answer, or by its timeout
        }
      }
    }

    private void stopThere() {
      Attempt attempt = last();
      if (attempt != null) {
        map.executor.dispatcher.stop(attempt);
      }
    }

    @Override
    void failed(Throwable failure) {
      failRest(failure);
      arrive();
    }

    @Override
    void answered(Attempt attempt, byte[] reply) {
      int before = delivered;
      String member = attempt.member.address;
      try {
        switch (Envelope.kind(reply)) {
          case Wire.TIMED_OUT -> failRest(timeout(attempt, false));
          case Wire.OUTCOMES, Wire.OUTCOME -> read(reply, member);
          default -> {
            // it has worked on nothing
          }
        }
      } catch (DecodingException e) {
        failRest(e.ofResult());
      } catch (Throwable e) { // no memory for it here
        map.fail(e);
      }
      if (delivered < size && delivered == before && !map.isStopped()) {
        failRest(
            new IllegalStateException("the member %s has worked on nothing".formatted(member)));
      }
      partly = delivered < size && !map.isStopped();
      if (!partly) {
        arrive();
      }
    }

    private void read(byte[] reply, String member) throws DecodingException {
      map.executor.code.read(
          reply,
          request.guest(),
          (decoder, in) -> {
            if (Envelope.kind(reply) == Wire.OUTCOMES) {
              readAll(decoder, in, member);
            } else {
              failRest(requireNonNull(ReceivedReply.read(decoder, in, member).failure()));
            }
          });
    }

    @Override
    void gone() {
      Future<?> started = timer;
      if (started != null) {
        started.cancel(false);
      }
      if (partly) {
        sendRest();
      } else {
        step();
      }
    }

    private void readAll(Decoder decoder, Input in, String member) throws DecodingException {
      int count = in.getInt();
      long nanos = in.getLong();
      if (count > 0) {
        map.pace.took((double) nanos / count);
      }
      for (int i = 0; i < count && delivered < size && !map.isStopped(); i++) {
        int length = in.getInt();
        int end = in.remaining() - length;
        Outcome outcome = ReceivedReply.read(decoder, in, member);
        in.skip(in.remaining() - end);
        if (outcome.failure() != null) {
          ClusterPart.this.failed(outcome.failure());
        } else {
          succeeded(outcome.result());
        }
      }
    }
  }
}
