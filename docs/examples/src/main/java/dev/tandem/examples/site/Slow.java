package dev.tandem.examples.site;

/// Waiting, as for a disk, a database or somebody else's server. The examples wait here instead of
/// for the real thing, so that every run waits equally long.
public final class Slow {
  private Slow() {}

  /// Waits.
  ///
  /// @param millis how long
  /// @throws InterruptedException if interrupted, as real input and output should be
  public static void io(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
