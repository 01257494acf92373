package dev.tandem.queues.internal;

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
    return known.make(name, steps);
  }

  /// {@return a channel}
  protected abstract Object make(String name, Steps<?> steps);
}
