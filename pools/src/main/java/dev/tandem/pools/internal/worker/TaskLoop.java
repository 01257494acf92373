package dev.tandem.pools.internal.worker;

import dev.tandem.core.ThrowingRunnable;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.wire.BlobRing;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.StatusPage;
import dev.tandem.pools.internal.wire.WorkerJvm;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The loop of a worker's main thread: takes a frame, does what it says, replies, and sends the
/// replies when no other frame is there yet. Tasks run on this thread, one after the other, so a
/// batch of short ones costs two system calls.
final class TaskLoop {
  final StatusPage page;
  final Ticker ticker;
  final Encoder encoder;
  final Decoder decoder;

  /// The frame of the next reply.
  final Output out;

  /// The application's: that of the main thread, and so of the threads that tasks start.
  final ClassLoader loader = ContextLoader.thatFinds(TaskLoop.class);

  private final FrameInput frames;
  private final ReplyStream replies;
  private final TypeFilter filter;
  private boolean wornOut;
  private boolean initializerFailed;

  TaskLoop(
      FrameInput frames,
      ReplyStream replies,
      StatusPage page,
      Ticker ticker,
      Encoder encoder,
      Decoder decoder,
      TypeFilter filter,
      long maxMessage) {
    this.frames = frames;
    this.replies = replies;
    this.page = page;
    this.ticker = ticker;
    this.encoder = encoder;
    this.decoder = decoder;
    this.filter = filter;
    this.out = new Output(maxMessage);
  }

  /// Works until it is told to exit.
  ///
  /// @return the exit code
  /// @throws IOException if the connection is gone
  /// @throws DecodingException if a frame is broken
  int run() throws IOException, DecodingException {
    Thread thread = Thread.currentThread();
    while (!initializerFailed) {
      Thread.interrupted(); // a flag that is set would close the connection
      if (!frames.hasNext()) {
        replies.flush();
      }
      int kind = frames.begin();
      if (kind == Frame.EXIT) {
        replies.flush();
        return WorkerJvm.ORDERLY;
      }
      handle(kind);
      ContextLoader.restore(thread, loader); // whatever the task has set
      out.reset();
    }
    return WorkerJvm.NOT_READY;
  }

  /// Handles a frame. Not inlined into the loop, so that nothing of a task stays on the stack of a
  /// worker that waits.
  private void handle(int kind) throws IOException, DecodingException {
    switch (kind) {
      case Frame.TASK, Frame.CHUNK -> task(kind);
      case Frame.DEFINE -> {
        Input in = complete();
        decoder.define(in.getInt(), in);
      }
      case Frame.ALLOW -> filter.allow(complete().getString());
      case Frame.INITIALIZE -> initialize();
      case Frame.BLOB_MEMORY -> openBlobMemory(complete());
      case Frame.WARM_UP -> {
        frames.complete();
        warmUp();
      }
      default -> throw new IOException("a frame of the unknown kind " + kind);
    }
  }

  /// Maps the memory for large arrays. If that cannot be, they come over the connection, as before.
  private void openBlobMemory(Input in) {
    try {
      if (decoder.decode(in) instanceof SharedSegment segment) {
        ByteBuffer memory = segment.memory().asByteBuffer();
        frames.through(BlobRing.ofArguments(memory));
        replies.through(BlobRing.ofResults(memory));
        BlobRing.open(memory);
      }
    } catch (DecodingException | IllegalStateException e) {
      // no more files may be open, or the pool has ended
    }
  }

  private Input complete() throws IOException {
    frames.complete();
    return frames.input();
  }

  /// Reads what the pool has the worker run, unless there is no room for it.
  ///
  /// @throws NoRoomException if there is not; then it was passed over
  private Input body() throws IOException, DecodingException, NoRoomException {
    String problem = frames.excess();
    if (problem == null) {
      problem = HeapRoom.lacking(frames.length());
    }
    if (problem != null) {
      frames.skip();
      throw new NoRoomException(problem);
    }
    Input in = complete();
    in.skip(Frame.TASK_HEAD);
    return in;
  }

  /// A message is too large for this worker.
  private static final class NoRoomException extends Exception {
    private static final long serialVersionUID = 1L;

    NoRoomException(String problem) {
      super("the message for the worker has " + problem, null, false, false);
    }

    /// {@return what its submitter gets: the worker did not run out of memory, and goes on}
    Throwable failure() {
      var failure = new OutOfMemoryError(getMessage());
      failure.setStackTrace(new StackTraceElement[0]);
      return failure;
    }
  }

  private void warmUp() {
    try {
      WarmUp.run(loader);
    } catch (NotSerializableException | DecodingException | RuntimeException _) {
      // then the first tasks do it
    }
  }

  private void initialize() throws IOException {
    try {
      Input in = body();
      if (in.remaining() > 0) {
        call(decoder.decode(in));
      }
      if (Boolean.getBoolean(WorkerJvm.TRAINING)) {
        WarmUp.run(loader);
      }
      out.reset();
      FrameWriter.begin(out, Frame.READY);
    } catch (Throwable e) {
      out.reset();
      initializerFailed = true;
      FrameWriter.begin(out, Frame.NOT_READY);
      encoder.encodeFailure(e instanceof NoRoomException no ? no.failure() : e, out);
    }
    reply();
    replies.flush();
  }

  void reply() throws IOException {
    Thread.interrupted(); // a flag that is set would close the connection
    FrameWriter.end(out);
    replies.add(out);
    out.reset();
  }

  // ---- tasks and chunks

  private void task(int kind) throws IOException, DecodingException {
    int number = frames.taskNumber();
    int flags = frames.taskFlags();
    if (kind == Frame.CHUNK) {
      page.beginItem(0);
    }
    if (!claim(number, flags)) {
      return;
    }
    Input in = received(number, flags);
    if (in == null) {
      return;
    }
    if (kind == Frame.CHUNK) {
      new ChunkRun(this, number).run(in);
    } else {
      single(number, flags, in);
    }
    WorkerOutput.end();
    reply();
    tellIfWornOut();
  }

  private void single(int number, int flags, Input in) {
    FrameWriter.begin(out, Frame.RESULT, number);
    try {
      if ((flags & Frame.NAMED) != 0) {
        WorkerOutput.begin(in.getString());
      }
      encoder.encode(call(decoder.decode(in)), out);
    } catch (NotSerializableException e) {
      fail(number, Encoder.unsendable(e));
    } catch (Throwable e) {
      fail(number, e);
    }
  }

  /// {@return the content of a claimed task behind its flags; null if there is no room for it,
  /// which was replied}
  private @Nullable Input received(int number, int flags) throws IOException, DecodingException {
    boolean isHere = frames.isComplete();
    try {
      Input in = body();
      if (!isHere && (flags & Frame.TIMED) != 0) {
        page.startedAt(System.nanoTime()); // its way here does not count
      }
      return in;
    } catch (NoRoomException e) {
      out.reset();
      FrameWriter.begin(out, Frame.FAILURE, number);
      encoder.encodeFailure(e.failure(), out); // not encodeFailure(): the worker is as good as new
      reply();
      return null;
    }
  }

  /// After the answer: memory outside the heap was exhausted, which a later task would find, too.
  private void tellIfWornOut() throws IOException {
    if (wornOut) {
      wornOut = false;
      FrameWriter.begin(out, Frame.WORN_OUT);
      reply();
    }
  }

  /// Replaces the begun reply by the failure of a task or of a chunk.
  void fail(int number, Throwable e) {
    out.reset();
    FrameWriter.begin(out, Frame.FAILURE, number);
    encodeFailure(e);
  }

  void encodeFailure(Throwable e) {
    Throwable failure = e instanceof DecodingException refused ? refusal(refused) : e;
    wornOut |= failure instanceof OutOfMemoryError;
    encoder.encodeFailure(failure, out);
  }

  private static Throwable refusal(DecodingException e) {
    Throwable cause = e.getCause();
    if (cause instanceof OutOfMemoryError) {
      return cause;
    }
    String why = "what was sent cannot be accepted: " + e.getMessage();
    if (cause instanceof ClassNotFoundException) {
      why +=
          ". A worker has the class path, the module path or the jar of jars that its application"
              + " was started with, and nothing that only another class loader has";
    }
    var refusal = new InvalidClassException(why);
    refusal.setStackTrace(new StackTraceElement[0]);
    if (cause != null) {
      refusal.initCause(cause); // an initializer of the application's that failed, say
    }
    return refusal;
  }

  /// Takes the task whose frame has begun. Happens before its body is read: what goes wrong from
  /// then on, exhausted memory above all, is the task's own, and the task is not given to the next
  /// worker.
  ///
  /// @return false if the pool has withdrawn the task
  private boolean claim(int number, int flags) throws IOException {
    if ((flags & (Frame.TIMED | Frame.NAMED)) != 0) {
      page.startedAt(System.nanoTime());
    }
    if (!page.start(number)) {
      frames.skip();
      FrameWriter.begin(out, Frame.SKIPPED, number);
      reply();
      return false;
    }
    if ((flags & Frame.TELL_START) != 0) {
      FrameWriter.begin(out, Frame.STARTED, number);
      reply();
      replies.flush();
    } else if (!replies.isEmpty()) {
      ticker.repliesWait();
    }
    return true;
  }

  static @Nullable Object call(@Nullable Object body) throws Exception {
    if (body instanceof Callable<?> callable) {
      return callable.call();
    }
    if (body instanceof ThrowingRunnable runnable) {
      runnable.runChecked();
      return null;
    }
    if (body instanceof Runnable runnable) {
      runnable.run();
      return null;
    }
    throw new IllegalArgumentException("a body that cannot be called: " + body);
  }
}
