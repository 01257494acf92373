package dev.tandem.comparison;

import java.util.Arrays;
import java.util.concurrent.Callable;

/// Puts into words how a call ended.
final class Outcomes {
  private Outcomes() {}

  static String of(Callable<?> call) {
    long start = System.nanoTime();
    String end;
    try {
      Object result = call.call();
      end = result == null ? "returned" : "returned " + result;
    } catch (UnsupportedOperationException e) {
      return e.getMessage();
    } catch (Throwable e) {
      end = "threw " + text(e);
    }
    return "%s after %,d ms".formatted(end, (System.nanoTime() - start) / 1_000_000);
  }

  static String text(Throwable e) {
    var text = new StringBuilder(e.getClass().getSimpleName());
    if (e.getCause() != null) {
      text.append(" [cause ").append(text(e.getCause())).append(']');
    } else if (e.getMessage() != null) {
      text.append(" \"").append(e.getMessage()).append('"');
    }
    if (e.getSuppressed().length > 0) {
      text.append(" [suppressed ");
      text.append(String.join(", ", Arrays.stream(e.getSuppressed()).map(Outcomes::text).toList()));
      text.append(']');
    }
    return text.toString();
  }
}
