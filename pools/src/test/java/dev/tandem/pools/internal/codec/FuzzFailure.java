package dev.tandem.pools.internal.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A target of the fuzzer: the failure of a task, which must be read as one, whatever it is.
public final class FuzzFailure {
  private FuzzFailure() {}

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    Exception suppressing = new IllegalStateException("a", new RuntimeException("b"));
    suppressing.addSuppressed(new java.io.IOException("c"));
    Exception circle = new Exception("circle");
    circle.addSuppressed(new Exception("inside", circle));
    class NotSent extends Exception {
      private static final long serialVersionUID = 1L;

      final Object part = new Object();
    }
    List<byte[]> seeds = new ArrayList<>();
    for (Throwable failure :
        new Throwable[] {
          new NullPointerException(),
          suppressing,
          circle,
          new NotSent(),
          new StackOverflowError(),
          new java.util.concurrent.ExecutionException(
              new java.util.concurrent.TimeoutException("x")),
        }) {
      for (Throwable each = failure; each != null; each = each.getCause()) {
        each.setStackTrace(
            new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", 5)});
        if (each == circle) {
          break;
        }
      }
      Output out = new Output();
      FuzzCodec.encoder().encodeFailure(failure, out);
      seeds.add(Arrays.copyOf(out.array(), out.length()));
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    Decoder decoder = FuzzCodec.decoder();
    FuzzBound.check(
        data.length,
        () -> {
          Throwable failure = decoder.decodeFailure(new Input(data, 0, data.length));
          if (failure == null) {
            throw new AssertionError("no failure");
          }
          return failure;
        });
    FuzzCodec.checkLoaded();
    FuzzCodec.checkUsable(decoder);
  }
}
