package dev.tandem.pools.internal.codec;

import dev.tandem.pools.RemoteTaskException;
import java.io.NotSerializableException;
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
  private static final int SHORT_TEXT = 1000;

  private Failures() {}

  static void write(Throwable failure, Encoder encoder, Output out) {
    int length = out.length();
    int blobs = out.blobs().size();
    try {
      writeAll(failure, encoder, out);
    } catch (Output.TooLarge e) {
      out.truncate(length, blobs);
      out.putInt(0);
      writeChain(failure, "it is larger than a message may be", out, 1, SHORT_TEXT, 0);
    }
  }

  private static void writeAll(Throwable failure, Encoder encoder, Output out) {
    int at = out.grow(4);
    int blobs = out.blobs().size();
    String reason = "";
    try {
      out.putByte(Tag.JDK);
      Jdk.writeStream(failure, encoder, out);
    } catch (NotSerializableException e) {
      out.truncate(at + 4, blobs);
      reason = "it cannot be sent: " + Diagnosis.explain(failure, e).getMessage();
    } catch (Throwable e) { // also of code of the application; whatever it is, the task has failed
      out.truncate(at + 4, blobs);
      reason = "it cannot be sent: " + e;
    }
    out.setInt(at, out.length() - at - 4);
    writeChain(failure, reason, out, MAX_CAUSES, MAX_TEXT, MAX_FRAMES);
  }

  private static void writeChain(
      Throwable failure, String reason, Output out, int maxCauses, int maxText, int maxFrames) {
    out.putString(cut(reason, maxText));
    List<Throwable> chain = causes(failure, maxCauses);
    out.putVarInt(chain.size());
    for (Throwable link : chain) {
      out.putString(link.getClass().getName());
      out.putString(cut(message(link), maxText));
      StackTraceElement[] stack = link.getStackTrace();
      int count = Math.min(stack.length, maxFrames);
      out.putVarInt(count);
      for (int i = 0; i < count; i++) {
        writeFrame(stack[i], out);
      }
    }
  }

  private static void writeFrame(StackTraceElement frame, Output out) {
    putOptional(frame.getClassLoaderName(), out);
    putOptional(frame.getModuleName(), out);
    putOptional(frame.getModuleVersion(), out);
    out.putString(frame.getClassName());
    out.putString(frame.getMethodName());
    putOptional(frame.getFileName(), out);
    out.putInt(frame.getLineNumber());
  }

  private static StackTraceElement readFrame(Input in) throws DecodingException {
    return new StackTraceElement(
        getOptional(in),
        getOptional(in),
        getOptional(in),
        in.getString(),
        in.getString(),
        getOptional(in),
        in.getInt());
  }

  private static void putOptional(@Nullable String text, Output out) {
    out.putString(text == null ? "" : text);
  }

  private static @Nullable String getOptional(Input in) throws DecodingException {
    String text = in.getString();
    return text.isEmpty() ? null : text;
  }

  private static List<Throwable> causes(Throwable failure, int most) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = failure;
        link != null && chain.size() < most && seen.add(link);
        link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private static String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (Throwable e) { // it is code of the application
      return "(getMessage threw " + e.getClass().getName() + ")";
    }
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
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
      String text = message.isEmpty() ? type : type + ": " + message;
      StackTraceElement[] stack = new StackTraceElement[in.getElements()];
      for (int j = 0; j < stack.length; j++) {
        stack[j] = readFrame(in);
      }
      chain.add(new RemoteTaskException(type, i == 0 ? text + " (" + reason + ")" : text, stack));
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
