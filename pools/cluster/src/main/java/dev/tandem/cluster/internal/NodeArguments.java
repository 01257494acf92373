package dev.tandem.cluster.internal;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import dev.tandem.Tandem;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The arguments of a [dev.tandem.cluster.ClusterNode].
///
/// @param processes 0 if tasks run on threads
public record NodeArguments(
    String bind,
    int port,
    List<HostAndPort> join,
    String cluster,
    int slots,
    int processes,
    List<String> allowed,
    int heartbeatSeconds,
    Duration drain) {
  public static final String USAGE =
      "usage: ClusterNode [--bind HOST] [--port N] [--join HOST:PORT,...] [--cluster NAME]"
          + " [--slots N] [--processes N] [--allow PATTERN,...] [--heartbeat SECONDS]"
          + " [--drain SECONDS]";

  private static final int FIRST_PORT = 5701;
  private static final int MOST = 1 << 16;
  private static final List<String> KNOWN =
      List.of(
          "--bind",
          "--port",
          "--join",
          "--cluster",
          "--slots",
          "--processes",
          "--allow",
          "--heartbeat",
          "--drain");

  /// {@return what the arguments say}
  ///
  /// @throws IllegalArgumentException that names the one that is wrong
  public static NodeArguments parse(String... args) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      checkArgument(KNOWN.contains(args[i]), "%s: unknown (expected: one of %s)", args[i], KNOWN);
      checkArgument(i + 1 < args.length, "%s: nothing (expected: a value)", args[i]);
      given.put(args[i], args[i + 1]);
    }
    String bind = given.getOrDefault("--bind", "127.0.0.1");
    int processes = number(given, "--processes", 0, 0, MOST);
    int cores = Runtime.getRuntime().availableProcessors();
    List<String> allowed = list(given.get("--allow"));
    allowed.forEach(TypeFilter::checkPattern);
    return new NodeArguments(
        bind,
        number(given, "--port", FIRST_PORT, 0, 65_535),
        list(given.getOrDefault("--join", bind)).stream().map(NodeArguments::member).toList(),
        given.getOrDefault("--cluster", "tandem"),
        number(given, "--slots", processes > 0 ? processes : cores, 1, MOST),
        processes,
        allowed,
        number(given, "--heartbeat", 20, 2, 86_400),
        Duration.ofSeconds(number(given, "--drain", 60, 0, 86_400)));
  }

  private static List<String> list(@Nullable String value) {
    return value == null
        ? List.of()
        : Splitter.on(',').trimResults().omitEmptyStrings().splitToList(value);
  }

  private static HostAndPort member(String text) {
    try {
      return HostAndPort.fromString(text).withDefaultPort(FIRST_PORT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--join: %s (expected: HOST:PORT)".formatted(text), e);
    }
  }

  private static int number(
      Map<String, String> given, String option, int unless, int least, int most) {
    String text = given.get(option);
    if (text == null) {
      return unless;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException(
        "%s: %s (expected: a number from %s to %s)".formatted(option, text, least, most));
  }

  /// {@return the processes that run the tasks; null if threads do}
  public @Nullable ProcessPool newProcessPool() {
    if (processes == 0) {
      return null;
    }
    return Tandem.newProcessPool(
        processes,
        cf -> {
          ProcessPool.Config changed = cf.withName("node");
          for (String pattern : allowed) {
            changed = changed.withAllowed(pattern);
          }
          return changed;
        });
  }

  public Config toConfig() {
    Config config = SafeConfig.create(slots);
    config.setClusterName(cluster);
    // one lost heartbeat of several must not count as silence
    int interval = Math.clamp(heartbeatSeconds / 4, 1, 5);
    config.setProperty("hazelcast.heartbeat.interval.seconds", Integer.toString(interval));
    config.setProperty("hazelcast.max.no.heartbeat.seconds", Integer.toString(heartbeatSeconds));
    NetworkConfig network = config.getNetworkConfig();
    network.getInterfaces().setInterfaces(List.of(address(bind)));
    network.setPort(port).setPortAutoIncrement(port == 0);
    network
        .getJoin()
        .getTcpIpConfig()
        .setMembers(join.stream().map(NodeArguments::resolved).toList());
    return config;
  }

  /// Hazelcast compares addresses, and drops a name without a word.
  private static String resolved(HostAndPort member) {
    return HostAndPort.fromParts(address(member.getHost()), member.getPort()).toString();
  }

  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "%s: unknown (expected: an address, or a name that has one)".formatted(host), e);
    }
  }
}
