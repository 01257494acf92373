package dev.tandem.examples;

import com.google.common.base.Stopwatch;
import java.util.concurrent.Callable;

/// Prints what the examples do and how long it took.
final class Timed {
  private Timed() {}

  /// Runs something and prints a line with its time and its result.
  static void print(String label, Callable<?> work) throws Exception {
    Stopwatch watch = Stopwatch.createStarted();
    Object result = work.call();
    System.out.printf("%-14s %8s  %s%n", label, watch, result);
  }
}
