package dev.tandem.core.internal;

/// Whether Flight Recorder is in use in this JVM. A program can be linked without the module
/// `jdk.jfr`; and where that is there, the first class of events takes a tenth of a second, which a
/// program that records nothing need not pay. So no class of events may be loaded before.
public final class FlightRecorder {
  private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}

  /// {@return whether something has been recorded in this JVM, or is about to be} It stays so.
  public static boolean isInUse() {
    return PRESENT && jdk.jfr.FlightRecorder.isInitialized();
  }
}
