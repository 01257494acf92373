package dev.tandem.cluster.internal;

import dev.tandem.pools.ProcessPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a member runs what it is sent.
///
/// @param allowed patterns of classes that it accepts; if there are any, it accepts no others of
///   applications. If there are none, it accepts what the callers' tasks name
/// @param processes runs the bodies; null if the member's own threads do
public record NodeOptions(List<String> allowed, @Nullable ProcessPool processes) {
  /// The name of the Hazelcast executor that is used unless the user says otherwise.
  public static final String EXECUTOR = "dev.tandem";

  /// The name of the Hazelcast executor that stops tasks: its threads must not be taken by them.
  static final String CONTROL = "dev.tandem.control";

  /// The attribute by which a member announces its slots.
  public static final String SLOTS = "dev.tandem.slots";

  static final NodeOptions DEFAULTS = new NodeOptions(List.of(), null);
}
