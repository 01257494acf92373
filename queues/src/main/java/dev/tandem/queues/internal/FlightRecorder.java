package dev.tandem.queues.internal;

/// Whether this JVM has Flight Recorder. A program can be linked without the module `jdk.jfr`: then
/// no class of events may be loaded.
public final class FlightRecorder {
  public static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}
}
