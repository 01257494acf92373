package dev.tandem.pools.internal.codec;

import dev.tandem.core.internal.Thrown;
import dev.tandem.pools.RemoteTaskException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reader of a failure that [FailureWriter] has written: gives each exception as it was, or a
/// [RemoteTaskException] with the same causes where it cannot be decoded or its own methods fail.
final class FailureReader {
  private static final int MAX_NODES = 1_000;

  private final Decoder decoder;
  private final Input in;
  private final List<Node> nodes = new ArrayList<>();

  private static final class Node {
    final int from;
    final int to;
    final String reason;
    final String type;
    final String message;
    final StackTraceElement[] stack;
    final int cause;
    final int[] suppressed;
    boolean open;
    @Nullable Throwable made;

    Node(Input in) throws DecodingException {
      int length = in.getInt();
      from = in.skip(length);
      to = from + length;
      reason = in.getString();
      type = in.getString();
      message = in.getString();
      stack = new StackTraceElement[in.getElements()];
      for (int i = 0; i < stack.length; i++) {
        stack[i] = readFrame(in);
      }
      cause = in.getVarInt() - 1;
      suppressed = new int[in.getElements()];
      for (int i = 0; i < suppressed.length; i++) {
        suppressed[i] = in.getVarInt();
      }
    }

    RemoteTaskException text(String why) {
      String text = message.isEmpty() ? type : type + ": " + message;
      return new RemoteTaskException(type, why.isEmpty() ? text : text + " (" + why + ")", stack);
    }
  }

  private FailureReader(Decoder decoder, Input in) throws DecodingException {
    this.decoder = decoder;
    this.in = in;
    int count = in.getInt();
    if (count < 1 || count > MAX_NODES) {
      throw new DecodingException("broken message: a failure of " + count + " exceptions");
    }
    for (int i = 0; i < count; i++) {
      nodes.add(new Node(in));
    }
  }

  /// {@return the exception, or its replacement}
  static Throwable read(Decoder decoder, Input in) {
    try {
      FailureReader reader = new FailureReader(decoder, in);
      for (int i = reader.nodes.size() - 1; i > 0; i--) { // causes first: no deep recursion
        reader.node(i);
      }
      return reader.node(0);
    } catch (Throwable e) { // in any case, the failure of the task must not get lost
      return new RemoteTaskException(
          "?",
          "a task failed, and so did reading why: " + Thrown.describe(e),
          new StackTraceElement[0]);
    }
  }

  /// {@return one of the exceptions}
  ///
  /// @throws DecodingException if no exception has this number
  Throwable node(int number) throws DecodingException {
    if (number < 0 || number >= nodes.size()) {
      throw new DecodingException("broken message: there is no exception " + number);
    }
    Node node = nodes.get(number);
    Throwable made = node.made;
    if (made != null) {
      return made;
    }
    if (node.open) {
      return node.text("an exception that it is itself a part of");
    }
    node.open = true;
    made = make(node);
    node.made = made;
    return made;
  }

  private Throwable make(Node node) throws DecodingException {
    String reason = node.reason;
    @Nullable Throwable failed = null;
    if (node.to > node.from) {
      try {
        Object original = decoder.readJdk(in.slice(node.from, node.to), this);
        if (original instanceof Throwable t) {
          String misbehaviour = Thrown.misbehaviour(t);
          if (misbehaviour == null) {
            return sayingTheSame(t, node);
          }
          reason = "it cannot be used here: " + misbehaviour;
        } else {
          reason = "it cannot be used here: it was replaced";
        }
      } catch (DecodingException e) {
        reason = Thrown.message(e);
        failed = e.getCause();
      } catch (Throwable e) { // also an Error of the application's code, or no memory
        reason = "the value could not be made again here: " + Thrown.describe(e);
        failed = e;
      }
    }
    RemoteTaskException text = node.text(reason);
    if (node.cause >= 0) {
      text.initCause(node(node.cause));
    }
    for (int number : node.suppressed) {
      text.addSuppressed(node(number));
    }
    if (failed != null && Thrown.misbehaviour(failed) == null) {
      text.addSuppressed(failed);
    }
    return text;
  }

  /// Adds the worker's message where it differs: a message may depend on state that is not sent.
  private static Throwable sayingTheSame(Throwable original, Node node) {
    if (!node.message.equals(Thrown.message(original)) && !node.message.endsWith("...")) {
      original.addSuppressed(node.text("its message in the worker"));
    }
    return original;
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

  private static @Nullable String getOptional(Input in) throws DecodingException {
    String text = in.getString();
    return text.isEmpty() ? null : text;
  }
}
