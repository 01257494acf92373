package dev.tandem.pools.internal.worker;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.SerializableConsumer;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.pools.internal.codec.CurrentChunk;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.IOException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/// The run of a chunk of a map: some inputs, and the function that is applied to each of them. Each
/// input has a reply of its own, and the chunk has one at its end.
///
/// Thread: the worker's main thread.
final class ChunkRun implements CurrentChunk.Inputs {
  private final TaskLoop loop;
  private final int number;
  private @Nullable Object context;
  private @Nullable Object function;
  private @Nullable Input next; // what the context surrounds
  private @Nullable IOException broken;

  ChunkRun(TaskLoop loop, int number) {
    this.loop = loop;
    this.number = number;
  }

  /// Applies the function to the inputs, each surrounded by the context of the map if it has one.
  ///
  /// @param in the content of the chunk's frame behind its flags
  void run(Input in) throws IOException {
    try {
      context = loop.decoder.decode(in);
      function = loop.decoder.decode(in);
      items(in);
      FrameWriter.begin(loop.out, Frame.CHUNK_END, number);
    } catch (Throwable e) {
      CurrentChunk.set(null);
      if (broken != null) {
        throw broken;
      }
      loop.fail(number, e);
    }
  }

  @Override
  public void applyNext() {
    Input in = requireNonNull(next);
    next = null;
    item(in);
  }

  private void items(Input in) throws Exception {
    int count = in.getInt();
    for (int i = 1; i <= count && !loop.page.isAbandoned(number); i++) {
      int length = in.getInt();
      loop.page.beginItem(i);
      if (length == Frame.NOT_SENT) {
        FrameWriter.begin(loop.out, Frame.ITEM_NOT_SENT);
      } else {
        int end = in.remaining() - length;
        if (context == null) {
          item(in);
        } else {
          next = in;
          CurrentChunk.set(this);
          TaskLoop.call(context);
          if (next != null) {
            CurrentChunk.set(null);
            return; // the pool learns from the end of the chunk that the context called nothing
          }
        }
        ContextLoader.restore(Thread.currentThread(), loop.loader);
        in.skip(in.remaining() - end);
      }
      try {
        loop.reply();
        if (i < count) {
          loop.ticker.repliesWait();
        }
      } catch (IOException e) {
        broken = e; // the connection's, not the task's
        throw e;
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the application's side has checked their types
  private void item(Input in) {
    FrameWriter.begin(loop.out, Frame.ITEM_RESULT);
    try {
      Object input = loop.decoder.decode(in);
      if (function instanceof SerializableFunction<?, ?> f) {
        loop.encoder.encode(((SerializableFunction<Object, Object>) f).apply(input), loop.out);
      } else {
        ((SerializableConsumer<Object>) function).accept(input);
        loop.encoder.encode(null, loop.out);
      }
    } catch (NotSerializableException e) {
      failItem(Encoder.unsendable(e));
    } catch (Throwable e) {
      failItem(e);
    }
  }

  private void failItem(Throwable e) {
    loop.out.reset();
    FrameWriter.begin(loop.out, Frame.ITEM_FAILURE);
    loop.encodeFailure(e);
  }
}
