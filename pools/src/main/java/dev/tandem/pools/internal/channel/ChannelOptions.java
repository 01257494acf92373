package dev.tandem.pools.internal.channel;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.pools.ProcessPool;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The settings of a channel between processes.
///
/// @param name its name; null for one that is made up
/// @param redelivers whether what a dead worker has taken and not said to be done is taken again
public record ChannelOptions(@Nullable String name, boolean redelivers)
    implements ProcessPool.ChannelConfig {
  /// {@return the settings that this makes of the defaults}
  public static ChannelOptions of(UnaryOperator<ProcessPool.ChannelConfig> cf) {
    ProcessPool.ChannelConfig given = notNull(cf, "cf").apply(new ChannelOptions(null, false));
    return switch (notNull(given, "the result of cf")) {
      case ChannelOptions options -> options;
    };
  }

  @Override
  public ChannelOptions withName(String newName) {
    if (notNull(newName, "name").isBlank()) {
      throw new IllegalArgumentException(
          "name: \"" + newName + "\" (expected: a name that is not blank)");
    }
    return new ChannelOptions(newName, redelivers);
  }

  @Override
  public ChannelOptions withRedelivery() {
    return new ChannelOptions(name, true);
  }
}
