package dev.tandem.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.internal.MemberHost;
import dev.tandem.cluster.internal.NodeArguments;
import dev.tandem.cluster.internal.NodeOptions;
import dev.tandem.cluster.internal.SafeConfig;
import dev.tandem.pools.ProcessPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member of a cluster that runs the tasks of [ClusterExecutor]s, as a program:
///
/// ```
/// java -cp 'app.jar:lib/*' dev.tandem.cluster.ClusterNode --port 5701
/// java -cp 'app.jar:lib/*' dev.tandem.cluster.ClusterNode --port 5702 --join 127.0.0.1:5701
/// ```
///
/// It needs the application's jars. Its options:
///
/// | option | meaning | unless set |
/// |---|---|---|
/// | `--bind HOST` | the address of this machine to listen on | `127.0.0.1` |
/// | `--port N` | the port; 0 for any that is free | 5701 |
/// | `--join HOST:PORT,...` | members to join | those on `--bind` at port 5701 |
/// | `--cluster NAME` | the name of the cluster | `tandem` |
/// | `--slots N` | how many tasks run at once | one for each processor |
/// | `--processes N` | run tasks in N worker processes, so that a crash costs one task | none |
/// | `--allow PATTERN,...` | accept these classes of applications only | what tasks name |
/// | `--heartbeat SECONDS` | the silence after which another member counts as lost | 20 |
/// | `--drain SECONDS` | how long SIGTERM waits for running tasks | 60 |
///
/// At SIGTERM it begins no more tasks, which the callers then send to other members, waits for
/// those that run, and leaves the cluster. It prints one line when it is ready: `ready HOST:PORT`.
public final class ClusterNode {
  private static final Logger log = LoggerFactory.getLogger(ClusterNode.class);

  private ClusterNode() {}

  /// Runs a member until the process is told to end.
  ///
  /// @param args see the description of the class
  public static void main(String[] args) {
    NodeArguments arguments;
    Config config;
    try {
      arguments = NodeArguments.parse(args);
      config = arguments.toConfig();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(NodeArguments.USAGE);
      System.exit(2);
      return;
    }
    start(arguments, config);
  }

  /// {@return the configuration of a Hazelcast member with safe defaults} It listens on 127.0.0.1
  /// only, joins the members on this machine at port 5701 and up by TCP, has one slot for each
  /// processor, looks for nothing by multicast or in clouds, and sends nothing home; Jet and
  /// metrics are off, and so is Hazelcast's shutdown hook: the application ends the member. Change
  /// what is to be different; `Config` is mutable.
  public static Config config() {
    return SafeConfig.create(Runtime.getRuntime().availableProcessors());
  }

  private static void start(NodeArguments arguments, Config config) {
    ProcessPool processes = arguments.newProcessPool();
    HazelcastInstance member;
    try {
      member = Hazelcast.newHazelcastInstance(config);
    } catch (Throwable e) {
      if (processes != null) {
        processes.close(); // else its threads keep this JVM, which is no member
      }
      throw e;
    }
    MemberHost host = MemberHost.of(member, new NodeOptions(arguments.allowed(), processes));
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("tandem-cluster-drain")
                .unstarted(() -> stop(member, host, processes, arguments)));
    var address = member.getCluster().getLocalMember().getAddress();
    System.out.println("ready " + address.getHost() + ":" + address.getPort());
  }

  private static void stop(
      HazelcastInstance member,
      MemberHost host,
      @Nullable ProcessPool processes,
      NodeArguments arguments) {
    log.info(
        "Leaving: begins no more tasks, and waits up to {} for those that run", arguments.drain());
    try {
      if (!host.drain(arguments.drain())) {
        log.warn("Tasks still run after {}: they are lost", arguments.drain());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    member.shutdown();
    if (processes != null) {
      processes.killWorkers();
    }
  }
}
