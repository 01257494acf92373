package dev.tandem.core.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads exceptions whose methods are code of the application: what such a method throws, or
/// returns against its contract, never replaces the failure that is being reported.
public final class Thrown {
  private static final StackTraceElement[] NO_FRAMES = {};

  /// Beyond this many causes a chain counts as endless.
  private static final int MAX_CHAIN = 1_000;

  private Thrown() {}

  /// {@return the message, or what stands for it; empty if there is none}
  ///
  /// @param failure any exception
  public static String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (Throwable e) { // code of the application: even an Error is only about the message
      return "(getMessage threw " + e.getClass().getName() + ")";
    }
  }

  /// {@return what [Throwable#toString()] says, or what stands for it}
  ///
  /// @param failure any exception
  public static String describe(Throwable failure) {
    try {
      String text = failure.toString();
      return text == null ? failure.getClass().getName() : text;
    } catch (Throwable e) {
      String message = message(failure);
      return failure.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    }
  }

  /// {@return the frames, without nulls; none if they cannot be had}
  public static StackTraceElement[] stack(Throwable failure) {
    try {
      StackTraceElement[] stack = failure.getStackTrace();
      if (stack == null) {
        return NO_FRAMES;
      }
      List<StackTraceElement> frames = new ArrayList<>(stack.length);
      for (StackTraceElement frame : stack) {
        if (frame != null) {
          frames.add(frame);
        }
      }
      return frames.toArray(NO_FRAMES);
    } catch (Throwable e) {
      return NO_FRAMES;
    }
  }

  /// {@return the cause; null if there is none, if it is the exception itself, or if it cannot be
  /// had}
  public static @Nullable Throwable cause(Throwable failure) {
    try {
      Throwable cause = failure.getCause();
      return cause == failure ? null : cause;
    } catch (Throwable e) {
      return null;
    }
  }

  private static boolean isWhole(StackTraceElement @Nullable [] stack) {
    if (stack == null) {
      return false;
    }
    for (StackTraceElement frame : stack) {
      if (frame == null) {
        return false;
      }
    }
    return true;
  }

  /// {@return why the methods that report an exception cannot be trusted; null if they can}
  ///
  /// An exception that fails here would fail again inside of `ExecutionException`, of a logger, or
  /// of `printStackTrace`.
  public static @Nullable String misbehaviour(Throwable failure) {
    String method = "toString";
    try {
      if (failure.toString() == null) {
        return "toString returned null";
      }
      method = "getMessage";
      var _ = failure.getMessage();
      method = "getLocalizedMessage";
      var _ = failure.getLocalizedMessage();
      method = "getStackTrace";
      if (!isWhole(failure.getStackTrace())) {
        return "getStackTrace returned null";
      }
      method = "getCause";
      Throwable link = failure.getCause();
      for (int i = 0; link != null && link != failure; i++) {
        if (i == MAX_CHAIN) {
          return "its causes do not end";
        }
        link = link.getCause();
      }
      return null;
    } catch (Throwable e) {
      return method + " threw " + e.getClass().getName();
    }
  }
}
