package dev.tandem.pools.internal.codec;

import dev.tandem.pools.RemoteTaskException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Exceptions: what the JDK's serialization makes of them, and behind it what a
/// [RemoteTaskException] needs where the original cannot be made again.
final class Failures {
  private static final int MAX_CAUSES = 32;
  private static final int MAX_FRAMES = 1024;
  private static final int MAX_TEXT = 1 << 16;

  private Failures() {}

  static void write(Throwable failure, Encoder encoder, Output out) {
    int at = out.grow(4);
    int blobs = out.blobs().size();
    String reason = "";
    try {
      out.putByte(Tag.JDK);
      Jdk.writeStream(failure, encoder, out);
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      out.truncate(at + 4, blobs);
      reason = "it cannot be sent: " + e;
    }
    out.setInt(at, out.length() - at - 4);
    out.putString(cut(reason));
    List<Throwable> chain = causes(failure);
    out.putVarInt(chain.size());
    for (Throwable link : chain) {
      out.putString(link.getClass().getName());
      out.putString(cut(message(link)));
      StackTraceElement[] stack = link.getStackTrace();
      int count = Math.min(stack.length, MAX_FRAMES);
      out.putVarInt(count);
      for (int i = 0; i < count; i++) {
        out.putString(stack[i].getClassName());
        out.putString(stack[i].getMethodName());
        String file = stack[i].getFileName();
        out.putString(file == null ? "" : file);
        out.putInt(stack[i].getLineNumber());
      }
    }
  }

  private static List<Throwable> causes(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = failure;
        link != null && chain.size() < MAX_CAUSES && seen.add(link);
        link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private static String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException | StackOverflowError e) { // it is code of the application
      return "(getMessage threw " + e.getClass().getName() + ")";
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }

  static Throwable read(Decoder decoder, Input in) {
    try {
      int count = in.getInt();
      int end = in.position() + count;
      String reason = "";
      @Nullable Throwable original = null;
      if (count > 0 && count <= in.remaining()) {
        try {
          if (decoder.decode(in) instanceof Throwable throwable) {
            original = throwable;
          }
        } catch (DecodingException e) {
          reason = String.valueOf(e.getMessage());
        }
      }
      in.moveTo(end);
      String whyNotSent = in.getString();
      @Nullable Throwable remote = readChain(in, reason.isEmpty() ? whyNotSent : reason);
      return original != null ? original : remote;
    } catch (DecodingException | RuntimeException e) {
      return new RemoteTaskException(
          "?", "a task failed, and so did reading why: " + e, new StackTraceElement[0]);
    }
  }

  private static Throwable readChain(Input in, String reason) throws DecodingException {
    int count = in.getElements();
    List<RemoteTaskException> chain = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String type = in.getString();
      String message = in.getString();
      StackTraceElement[] stack = new StackTraceElement[in.getElements()];
      for (int j = 0; j < stack.length; j++) {
        stack[j] =
            new StackTraceElement(in.getString(), in.getString(), in.getString(), in.getInt());
      }
      chain.add(
          new RemoteTaskException(
              type,
              i == 0 ? type + ": " + message + " (" + reason + ")" : type + ": " + message,
              stack));
    }
    if (chain.isEmpty()) {
      throw new DecodingException("broken message: a failure without an exception");
    }
    for (int i = count - 1; i > 0; i--) {
      chain.get(i - 1).initCause(chain.get(i));
    }
    return chain.getFirst();
  }
}
