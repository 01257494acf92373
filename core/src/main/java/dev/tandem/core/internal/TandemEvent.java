package dev.tandem.core.internal;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.StackTrace;

/// An event for Flight Recorder. Loaded only where [FlightRecorder#isInUse()] says so: what uses an
/// event keeps it as an object or an interface.
///
/// A class of events asks one static instance of its own whether it is enabled. The JIT compiler
/// folds that to nothing while no recording wants the event.
@Category("Tandem")
@StackTrace(false)
public abstract class TandemEvent extends Event {
  /// Creates an event.
  protected TandemEvent() {}

  /// Commits the event. What goes wrong with that, for lack of memory or stack, is dropped: the
  /// thread has futures to complete, and other threads to wake.
  public final void tell() {
    try {
      commit();
    } catch (Throwable _) {
      // the recording lacks it
    }
  }
}
