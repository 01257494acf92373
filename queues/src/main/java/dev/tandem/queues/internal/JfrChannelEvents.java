package dev.tandem.queues.internal;

import java.util.function.IntSupplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// Channels for Flight Recorder. Loaded only where `jdk.jfr` is there.
public final class JfrChannelEvents {
  private JfrChannelEvents() {}

  /// What both events have.
  @Category({"Tandem", "Channels"})
  @StackTrace(false)
  abstract static class ChannelEvent extends Event {
    @Label("Channel")
    @Description("Its name; of a select the names of all its channels")
    @Nullable String channel;
  }

  @Name("dev.tandem.ChannelPark")
  @Label("Channel Park")
  @Description("A thread was parked at a channel of Tandem")
  @Threshold("10 ms")
  static final class Park extends ChannelEvent {
    static final Park PROBE = new Park();

    @Label("Side")
    @Description("What it waited to do: PUT, TAKE, SELECT, or DONE for awaitDone")
    @Nullable String side;

    @Label("Woken")
    @Description(
        "Whether another thread has woken it; else its time was over, or an interrupt came")
    boolean woken;
  }

  @Name("dev.tandem.ChannelClose")
  @Label("Channel Close")
  @Description("A channel of Tandem was closed")
  static final class Close extends ChannelEvent {
    static final Close PROBE = new Close();

    @Label("Elements")
    @Description("How many were in it, and can still be taken")
    int elements;

    @Label("Cause")
    @Description("The class of the failure with which it was closed; null if there is none")
    @Nullable Class<?> cause;
  }

  /// Loads the classes.
  static void load() {
    var _ = Park.PROBE;
    var _ = Close.PROBE;
  }

  /// {@return an event of a park that begins; null if none is recorded}
  static @Nullable Object parks() {
    if (!Park.PROBE.isEnabled()) {
      return null;
    }
    Park event = new Park();
    event.begin();
    return event;
  }

  /// Ends the event of a park.
  ///
  /// @param begun what [#parks()] gave
  static void parked(Object begun, Blocker at, Parker.Side side, boolean woken) {
    Park event = (Park) begun;
    event.end();
    if (event.shouldCommit()) {
      event.channel = at.name();
      event.side = side.name();
      event.woken = woken;
      event.commit();
    }
  }

  /// Tells that a channel is being closed, if closes are recorded.
  ///
  /// @param elements counts what is in it
  public static void closed(String channel, IntSupplier elements, @Nullable Throwable cause) {
    if (Close.PROBE.isEnabled()) {
      Close event = new Close();
      event.channel = channel;
      event.elements = elements.getAsInt();
      event.cause = cause == null ? null : cause.getClass();
      event.commit();
    }
  }
}
