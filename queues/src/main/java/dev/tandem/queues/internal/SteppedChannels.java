package dev.tandem.queues.internal;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way to a channel over [Steps] for the modules that this package is exported to. The class of
/// such channels is not theirs to see, and has set itself here.
public abstract class SteppedChannels {
  private static volatile @Nullable SteppedChannels instance;

  /// Creates the one instance.
  protected SteppedChannels() {}

  /// Sets the instance.
  protected static void set(SteppedChannels only) {
    instance = only;
  }

  /// {@return a channel over these steps: a `dev.tandem.queues.Channel` of the same elements}
  public static Object channel(String name, Steps<?> steps) {
    return instance().make(name, steps);
  }

  /// {@return a clause of a select that puts an element which is made anew for each select: a
  /// `dev.tandem.queues.Select.Clause`}
  ///
  /// @param channel one over steps
  /// @param over is given the element when the select is over, whether or not it was put
  public static Object onPut(
      Object channel, Supplier<?> element, Consumer<?> over, Supplier<?> then) {
    return instance().makeClause(channel, element, over, then);
  }

  /// {@return what a dump says of a channel over steps}
  public static ChannelFigures figures(Object channel) {
    return instance().figuresOf(channel);
  }

  private static SteppedChannels instance() {
    SteppedChannels known = instance;
    if (known == null) {
      try {
        Class.forName("dev.tandem.queues.SteppedChannel");
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
      known = instance;
    }
    if (known == null) {
      throw new IllegalStateException("SteppedChannel has not set itself");
    }
    return known;
  }

  /// {@return a channel}
  protected abstract Object make(String name, Steps<?> steps);

  /// {@return what a dump says of a channel}
  protected abstract ChannelFigures figuresOf(Object channel);

  /// {@return a clause that puts}
  protected abstract Object makeClause(
      Object channel, Supplier<?> element, Consumer<?> over, Supplier<?> then);
}
