package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.worker.Frame;
import dev.tandem.pools.internal.worker.Frames;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// The frame of a task, encoded once by its submitter, for whatever worker will get it: the task's
/// number, which a worker's connection gives it, is filled in when it is sent.
///
/// @param bytes the frame
/// @param blobs the large arrays behind it, by reference
/// @param definitions what the worker must know first
record Message(byte[] bytes, List<ByteBuffer> blobs, int[] definitions) {
  private static final int[] NONE = {};
  private static final int NUMBER_AT = Frame.HEADER;

  /// Begins the frame of a task that has no number yet.
  static void begin(Output out, int kind, int flags) {
    Frames.begin(out, kind, 0);
    out.putByte(flags);
  }

  /// Ends the frame.
  static Message of(Output out) {
    Frames.end(out);
    int count = out.definitionCount();
    int[] definitions = count == 0 ? NONE : new int[count];
    for (int i = 0; i < count; i++) {
      definitions[i] = out.definition(i);
    }
    return new Message(
        Arrays.copyOf(out.array(), out.length()), List.copyOf(out.blobs()), definitions);
  }

  boolean hasBlobs() {
    return !blobs.isEmpty();
  }

  /// Puts the frame without its blobs into a buffer that has room for it.
  void putInto(ByteBuffer target, int number) {
    int at = target.position();
    target.put(bytes);
    target.putInt(at + NUMBER_AT, number);
  }
}
