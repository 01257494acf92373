package dev.tandem.pools.internal.codec;

import dev.tandem.core.internal.Thrown;
import java.io.NotSerializableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writer of failures, for [FailureReader]: each exception as a stream of the JDK's
/// serialization, and with the texts of a [dev.tandem.pools.RemoteTaskException] for a receiver
/// that cannot decode it.
final class FailureWriter {
  /*
   * A failure is a graph: the exception, its causes, the suppressed ones, and other exceptions in its
   * fields. Each is a stream of its own in which the others are numbers, so that an exception that
   * cannot be sent or decoded is lost alone: the exception above a broken cause arrives as it is,
   * and so does the cause of a broken exception. Only a graph with a cycle is one stream.
   *
   * All texts are read in this process: a message may be computed by getMessage, from state that
   * exists in this process only.
   */

  /// The number of exceptions with all of their frames; later ones keep only the topmost frames.
  private static final int MAX_LONG_STACKS = 32;

  private static final int MAX_FRAMES = 1024;
  private static final int FEW_FRAMES = 32;
  private static final int MAX_TEXT = 1 << 16;
  private static final int SHORT_TEXT = 1000;

  private FailureWriter() {}

  static void write(Throwable failure, Encoder encoder, Output out) {
    int length = out.length();
    int blobs = out.blobs().size();
    try {
      writeAll(failure, encoder, out);
    } catch (Output.TooLarge e) {
      out.truncate(length, blobs);
      writeText(failure, "it is larger than a message may be", out);
    } catch (Throwable e) { // no memory or stack for the graph; the task's failure must be sent
      out.truncate(length, blobs);
      writeText(failure, "it cannot be sent: " + Thrown.describe(e), out);
    }
  }

  private static void writeAll(Throwable failure, Encoder encoder, Output out) {
    FailureGraph graph = new FailureGraph(failure);
    boolean cyclic = graph.isCyclic();
    int countAt = out.grow(4);
    for (int i = 0; i < graph.size(); i++) { // encoding an exception may find more
      Throwable one = graph.node(i).failure;
      int at = out.grow(4);
      int blobs = out.blobs().size();
      String reason = cyclic && i > 0 ? "it is part of a cycle" : "";
      if (reason.isEmpty()) {
        reason = writeOriginal(one, encoder, cyclic ? null : graph, out);
        if (!reason.isEmpty()) {
          out.truncate(at + 4, blobs);
        }
      }
      out.setInt(at, out.length() - at - 4);
      out.putString(cut(reason, MAX_TEXT));
      out.putString(one.getClass().getName());
      out.putString(cut(Thrown.message(one), MAX_TEXT));
      writeStack(Thrown.stack(one), i < MAX_LONG_STACKS ? MAX_FRAMES : FEW_FRAMES, out);
      writeLinks(graph.node(i), out);
    }
    out.setInt(countAt, graph.size());
    out.checkLimit(0); // the array may have had room beyond the limit of a message
  }

  /// {@return the reason why the exception could not be written; empty if it was written}
  private static String writeOriginal(
      Throwable one, Encoder encoder, @Nullable FailureGraph graph, Output out) {
    try {
      JdkSerialization.writeStream(one, encoder, out, graph);
      return "";
    } catch (Output.TooLarge e) {
      throw e;
    } catch (NotSerializableException e) {
      return "it cannot be sent: " + Thrown.message(Diagnosis.explain(one, e, null));
    } catch (Throwable e) { // also of the application's code; the task's failure must be sent
      return "it cannot be sent: " + Thrown.describe(e);
    }
  }

  /// Writes one exception as a text without frames.
  private static void writeText(Throwable failure, String reason, Output out) {
    out.putInt(1);
    out.putInt(0);
    out.putString(cut(reason, SHORT_TEXT));
    out.putString(failure.getClass().getName());
    out.putString(cut(Thrown.message(failure), SHORT_TEXT));
    out.putVarInt(0);
    out.putVarInt(0);
    out.putVarInt(0);
  }

  private static void writeStack(StackTraceElement[] stack, int most, Output out) {
    int count = Math.min(stack.length, most);
    out.putVarInt(count);
    for (int i = 0; i < count; i++) {
      StackTraceElement frame = stack[i];
      putOptional(frame.getClassLoaderName(), out);
      putOptional(frame.getModuleName(), out);
      putOptional(frame.getModuleVersion(), out);
      out.putString(frame.getClassName());
      out.putString(frame.getMethodName());
      putOptional(frame.getFileName(), out);
      out.putInt(frame.getLineNumber());
    }
  }

  private static void writeLinks(FailureGraph.Node node, Output out) {
    out.putVarInt(node.cause + 1);
    List<Integer> suppressed = node.suppressed;
    out.putVarInt(suppressed.size());
    for (int number : suppressed) {
      out.putVarInt(number);
    }
  }

  private static void putOptional(@Nullable String text, Output out) {
    out.putString(text == null ? "" : text);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
