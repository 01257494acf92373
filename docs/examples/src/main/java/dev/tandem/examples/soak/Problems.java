package dev.tandem.examples.soak;

import java.io.PrintWriter;
import java.io.StringWriter;

/// Turns exceptions into text for reports.
final class Problems {
  private Problems() {}

  static String text(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
