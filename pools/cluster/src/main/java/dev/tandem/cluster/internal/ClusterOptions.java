package dev.tandem.cluster.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.cluster.ClusterMemberListener;
import dev.tandem.core.internal.Options;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.executor.CommonConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import java.util.List;
import java.util.function.UnaryOperator;

/// The values of a [ClusterExecutor.Config].
///
/// @param slots of a member that announces none; 0 if the user has not set it
public record ClusterOptions(
    CommonOptions common,
    String hazelcastExecutor,
    int slots,
    int maxInFlight,
    int retries,
    List<String> allowed,
    List<ClusterMemberListener> memberListeners)
    implements ClusterExecutor.Config, CommonConfig<ClusterExecutor.Config> {
  private static final int MOST_SLOTS = 1 << 16;
  private static final int MOST_IN_FLIGHT = 1 << 20;

  private static final ClusterOptions DEFAULTS =
      new ClusterOptions(
          CommonOptions.DEFAULTS, NodeOptions.EXECUTOR, 0, 4096, 0, List.of(), List.of());

  static ClusterOptions of(UnaryOperator<ClusterExecutor.Config> cf) {
    return switch (Options.configured(DEFAULTS, cf)) {
      case ClusterOptions options -> options;
    };
  }

  @Override
  public ClusterExecutor.Config with(CommonOptions changed) {
    return new ClusterOptions(
        changed, hazelcastExecutor, slots, maxInFlight, retries, allowed, memberListeners);
  }

  @Override
  public ClusterExecutor.Config withHazelcastExecutor(String name) {
    return new ClusterOptions(
        common, Options.name(name), slots, maxInFlight, retries, allowed, memberListeners);
  }

  @Override
  public ClusterExecutor.Config withSlots(int n) {
    return new ClusterOptions(
        common,
        hazelcastExecutor,
        check("slots", n, 1, MOST_SLOTS),
        maxInFlight,
        retries,
        allowed,
        memberListeners);
  }

  @Override
  public ClusterExecutor.Config withMaxInFlight(int messages) {
    return new ClusterOptions(
        common,
        hazelcastExecutor,
        slots,
        check("messages", messages, 1, MOST_IN_FLIGHT),
        retries,
        allowed,
        memberListeners);
  }

  @Override
  public ClusterExecutor.Config withRetries(int n) {
    return new ClusterOptions(
        common,
        hazelcastExecutor,
        slots,
        maxInFlight,
        check("retries", n, 0, Integer.MAX_VALUE),
        allowed,
        memberListeners);
  }

  @Override
  public ClusterExecutor.Config withAllowed(String pattern) {
    TypeFilter.checkPattern(pattern);
    List<String> more = Options.added(allowed, "pattern", List.of(pattern));
    return new ClusterOptions(
        common, hazelcastExecutor, slots, maxInFlight, retries, more, memberListeners);
  }

  @Override
  public ClusterExecutor.Config withMemberListener(ClusterMemberListener listener) {
    List<ClusterMemberListener> more =
        Options.added(memberListeners, "listener", List.of(notNull(listener, "listener")));
    return new ClusterOptions(
        common, hazelcastExecutor, slots, maxInFlight, retries, allowed, more);
  }

  private static int check(String argument, int n, int least, int most) {
    checkArgument(
        n >= least && n <= most, "%s: %s (expected: from %s to %s)", argument, n, least, most);
    return n;
  }
}
