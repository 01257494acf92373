package dev.tandem.examples;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** What the snippets of the guide call: stands for the reader's own code. */
final class Remote {
  private Remote() {}

  /** Gives a page, unless its path says that it is broken. */
  static String fetch(String path) throws IOException {
    if (path.contains("broken")) {
      throw new IOException("404 " + path);
    }
    return "<html>" + path + "</html>";
  }

  /** Waits for an answer that never comes; an interrupt ends it. */
  static String fetchFromDeadServer() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new AssertionError("unreachable");
  }

  /** Computes. */
  static long sumOfSquares(long n) {
    long sum = 0;
    for (long i = 0; i < n; i++) {
      sum += i * i;
    }
    return sum;
  }
}
