package dev.tandem.pools.internal.process;

import static java.util.Objects.requireNonNull;

import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.executor.ItemEvents;
import dev.tandem.pools.internal.process.fleet.Job;
import dev.tandem.pools.internal.process.fleet.Job.CancelOutcome;
import dev.tandem.pools.internal.process.fleet.JobClient;
import dev.tandem.pools.internal.process.fleet.Message;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.NotSerializableException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Some inputs of a map that go to a worker together, and their results.
final class MapPart<I, R extends @Nullable Object> implements JobClient {
  /*
   * The part has one writer at a time: the reader of the worker that has it; if that worker is lost,
   * its reaper, and then the reader of the next. The consumer sees in the Delivery how far the writer
   * has come.
   */

  /// From this size on, an input does not share its message with those before it.
  private static final int LARGE = 1 << 20;

  private final ProcessMap<I, R> map;
  private @Nullable Object[] inputs;
  private int size;
  private int delivered; // Thread: writer
  private int taken; // Thread: consumer
  private final Delivery delivery = new Delivery();
  private volatile @Nullable Job job;
  private @Nullable ItemEvents events;
  private @Nullable NotSerializableException notSent; // the first

  MapPart(ProcessMap<I, R> map, int capacity) {
    this.map = map;
    this.inputs = new Object[capacity];
  }

  // ---- the consumer

  void add(I input) {
    inputs[size++] = input;
  }

  boolean isFull() {
    return size == inputs.length;
  }

  boolean hasNext() {
    return taken < delivery.ready();
  }

  boolean isTaken() {
    return taken == size;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a result took the place of its input
  R next() {
    R result = (R) inputs[taken];
    inputs[taken++] = null;
    return result;
  }

  /// An unordered consumer has taken all there is.
  void letGo() {
    if (delivery.letGo(taken)) {
      map.arrived(this);
    }
  }

  /// Sends the part.
  ///
  /// @return what was too much for one message, and is still to be sent; null if all is sent
  @Nullable MapPart<I, R> send() {
    if (map.eachIsATask) {
      events = new ItemEvents(map.executor.host, map.executor.callbacks);
    }
    return sendFrom(0);
  }

  // ---- sending

  /// Sends the inputs from here to the end.
  private @Nullable MapPart<I, R> sendFrom(int first) {
    Output out = map.executor.outputs.take();
    try {
      if (!encodeFunction(out)) {
        return null;
      }
      MapPart<I, R> rest = encodeInputs(first, out);
      Message message = Message.of(out);
      map.executor.fleet.allow(map.function.sent().getClass(), message);
      Job next = Job.ofChunk(this, message, size - first);
      if (accept(next)) {
        map.executor.fleet.jobs.add(next);
        if (map.isStopped()) {
          stop(next); // the thread that stopped the map may have looked before
        }
      }
      return rest;
    } finally {
      map.executor.outputs.giveBack(out);
    }
  }

  /// Counts the part in, as an accepted task. What is left of a part that was lost with its worker
  /// is counted already.
  private boolean accept(Job next) {
    if (job == null && !map.executor.enter()) {
      if (events != null) {
        events.ended(true);
      }
      map.executorStopped();
      return false;
    }
    map.sent();
    job = next;
    return true;
  }

  /// {@return false if the map cannot be sent at all}
  private boolean encodeFunction(Output out) {
    ProcessPoolExecutor executor = map.executor;
    Object function = map.function.sent();
    int flags =
        (map.timeoutNanos == 0 ? 0 : Frame.TIMED)
            | (events == null || !events.isWatched() ? 0 : Frame.TELL_START);
    try {
      FrameWriter.beginTask(out, Frame.CHUNK, flags);
      executor.fleet.encoder.encodeBody(map.context, out);
      executor.fleet.encoder.encodeBody(function, out);
      return true;
    } catch (NotSerializableException e) {
      map.fail(e);
      return false;
    }
  }

  /// Encodes inputs up to a size that is good to send.
  ///
  /// @return a part of those that are left
  private @Nullable MapPart<I, R> encodeInputs(int first, Output out) {
    int count = out.length();
    out.putInt(0);
    int most = map.executor.partBytes();
    int i = first;
    // what has come back from a lost worker is not split again: the consumer knows its size
    boolean whole = first > 0 || job != null;
    for (; i < size && (whole || i == first || out.length() + out.blobBytes() < most); i++) {
      int at = out.length();
      int blobs = out.blobs().size();
      out.putInt(0);
      try {
        map.executor.fleet.encoder.encode(inputs[i], out);
        out.setInt(at, out.length() - at - 4);
        if (i > first && !whole && out.length() - at + out.blobBytes() > LARGE) {
          out.truncate(at, blobs); // alone: a worker may have no room for it
          break;
        }
      } catch (NotSerializableException e) {
        if (i > first && !whole) { // it may only be too much together with the others
          out.truncate(at, blobs);
          break;
        }
        out.setInt(at, Frame.NOT_SENT); // the worker says so in its turn
        notSent = e;
      }
    }
    out.setInt(count, i - first);
    return split(i);
  }

  /// Keeps the inputs up to here.
  private @Nullable MapPart<I, R> split(int end) {
    if (end == size) {
      return null;
    }
    MapPart<I, R> rest = new MapPart<>(map, size - end);
    System.arraycopy(inputs, end, rest.inputs, 0, size - end);
    rest.size = size - end;
    inputs = Arrays.copyOf(inputs, end);
    size = end;
    return rest;
  }

  // ---- results; the writer of the moment

  private void deliver(@Nullable Object result) {
    inputs[delivered++] = result;
  }

  @SuppressWarnings("unchecked") // it is the input until its result is there
  private I input() {
    return (I) requireNonNull(inputs[delivered]);
  }

  private void succeeded(@Nullable Object value) {
    ItemEvents told = events;
    if (told != null) {
      told.succeeded();
    }
    deliver(map.function.received(input(), value));
  }

  private void failed(Throwable e) {
    ItemEvents told = events;
    if (told != null) {
      told.failed(e);
    }
    R recovered = map.function.recover(input(), e);
    if (recovered == null) {
      map.fail(e);
    } else {
      deliver(recovered);
    }
  }

  /// Lets the consumer see what was delivered.
  private void publish() {
    if (delivery.ready() == delivered) {
      return;
    }
    delivery.publish(delivered);
    boolean unordered = !map.isOrdered() && delivery.reach();
    map.arrived(unordered ? this : null);
  }

  // ---- the end

  /// Stops the part: one that has not started never runs; one that runs ends before its next input.
  void stop() {
    Job now = job;
    if (now != null) {
      stop(now);
    }
  }

  private static void stop(Job now) {
    if (now.cancelUnlessRunning()) {
      now.leave();
    } else {
      now.abandonItems();
    }
  }

  void kill() {
    Job now = job;
    if (now != null && now.cancel(true) == CancelOutcome.UNRUN) {
      now.leave();
    }
  }

  // ---- JobClient

  private Job job() {
    return requireNonNull(job);
  }

  /// {@return the index of the first input of the current job}
  private int first() {
    return size - job().items();
  }

  @Override
  public void started() {
    requireNonNull(events).started();
  }

  @Override
  public void itemAnswered(int kind, @Nullable Object answer) {
    if (map.isStopped() || delivered == size) {
      return;
    }
    if (map.timeoutNanos > 0 && !job().settle()) {
      return; // it has timed out
    }
    if (answer instanceof Failed failed) {
      failed(failed.failure());
    } else if (kind == Frame.ITEM_RESULT) {
      succeeded(answer);
    } else {
      Throwable reason = notSent;
      failed(reason == null ? new DecodingException("an input that was sent") : reason);
    }
  }

  @Override
  public void batchEnded() {
    publish();
  }

  @Override
  public void answered(int kind, @Nullable Object answer) {
    if (answer instanceof Failed failed) {
      failRest(failed.failure());
    } else if (delivered < size) {
      failRest(
          new IllegalStateException(
              "the context of the map did not call what it was put around"
                  + " (%s of %s inputs were worked on)".formatted(delivered, size)));
    } else {
      map.pace.took((double) job().workNanos() / job().items());
    }
    publish();
  }

  private void failRest(Throwable e) {
    failUpTo(size, e);
  }

  private void failUpTo(int end, Throwable e) {
    while (delivered < end && !map.isStopped()) {
      failed(e);
    }
  }

  @Override
  public void crashed(Throwable failure, int itemsBegun) {
    int first = first();
    if (itemsBegun <= 0 || itemsBegun > size - first || itemsBegun < delivered - first) {
      failRest(failure); // the function or its context; or it is unknown which have begun
    } else {
      failUpTo(first + itemsBegun, failure); // one, unless answers could not be read
    }
    publish();
    if (delivered < size && !map.isStopped()) {
      try {
        var _ = sendFrom(delivered);
      } catch (Throwable e) {
        map.fail(e);
      }
    }
  }

  @Override
  public void refused(Throwable reason) {
    failRest(reason);
    publish();
  }

  @Override
  public void timedOut(long pid) {
    String name = map.executor.host.name + "-map";
    failed(ProcessRun.killedAtTimeout(name, map.timeoutNanos, pid));
    publish();
  }

  @Override
  public void abandoned() {
    Job now = job();
    if (now.cancelUnlessRunning()) {
      now.leave();
    }
  }

  /// Counts the part out, unless what is left of it is another job by now.
  @Override
  public void gone(Job settled) {
    ItemEvents told = events;
    if (told != null) {
      told.ended(map.isStopped());
    }
    map.gone();
    if (settled == job) {
      map.executor.bodyEnded();
    }
  }

  @Override
  public long timeoutNanos() {
    return map.timeoutNanos;
  }
}
