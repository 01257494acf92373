package dev.tandem.cluster;

import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A cluster of its own name: members that are JVMs of their own on loopback, at ports that are
/// free, and clients and members in this JVM. All of it ends with it.
final class ClusterNodes implements AutoCloseable {
  private final String name = "test-" + UUID.randomUUID();
  private final List<MemberJvm> nodes = new ArrayList<>();
  private final List<HazelcastInstance> here = new ArrayList<>();

  /// {@return a cluster with so many members that are ready}
  ///
  /// @param arguments what each [ClusterNode] is told
  static ClusterNodes start(int members, String... arguments) throws IOException {
    ClusterNodes cluster = new ClusterNodes();
    try {
      cluster.add(arguments).address(); // the others join it
      for (int i = 1; i < members; i++) {
        cluster.add(arguments);
      }
      cluster.nodes.forEach(MemberJvm::address);
      return cluster;
    } catch (Throwable e) {
      cluster.close();
      throw e;
    }
  }

  /// {@return a member that may not be ready}
  MemberJvm add(String... arguments) throws IOException {
    return add(MemberJvm.Start.PLAIN, arguments);
  }

  MemberJvm add(MemberJvm.Start start, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", "0", "--cluster", name));
    if (!nodes.isEmpty()) {
      all.addAll(List.of("--join", String.join(",", addresses())));
    }
    MemberJvm node = start.run(all);
    nodes.add(node);
    return node;
  }

  MemberJvm node(int i) {
    return nodes.get(i);
  }

  String name() {
    return name;
  }

  /// {@return where the members listen that have not ended}
  List<String> addresses() {
    return nodes.stream().filter(MemberJvm::isAlive).map(MemberJvm::address).toList();
  }

  /// {@return a client}
  HazelcastInstance client() {
    ClientConfig config = new ClientConfig();
    config.setClusterName(name);
    config.setProperty("hazelcast.logging.type", "slf4j");
    addresses().forEach(config.getNetworkConfig()::addAddress);
    return kept(HazelcastClient.newHazelcastClient(config));
  }

  /// {@return a member in this JVM, on which nothing runs}
  HazelcastInstance member() {
    return kept(
        Hazelcast.newHazelcastInstance(
            config(ClusterNode.config().addExecutorConfig(executorOf(1)))));
  }

  /// {@return a configuration of a member of this cluster, on which nothing of ours runs}
  Config config(Config config) {
    config.setClusterName(name);
    config.getMemberAttributeConfig().setAttribute("dev.tandem.slots", "0");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.getNetworkConfig().setPort(0).setPortAutoIncrement(true);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setMembers(addresses());
    return config;
  }

  private static com.hazelcast.config.ExecutorConfig executorOf(int threads) {
    return new com.hazelcast.config.ExecutorConfig("dev.tandem", threads);
  }

  HazelcastInstance kept(HazelcastInstance instance) {
    here.add(instance);
    return instance;
  }

  /// {@return an executor over the members, from a client}
  ClusterExecutor executor(UnaryOperator<ClusterExecutor.Config> cf) {
    return ClusterExecutor.on(client(), cf);
  }

  /// Ends all members but the first.
  void keepFirst() {
    nodes.subList(1, nodes.size()).forEach(MemberJvm::close);
    Set<String> ended =
        nodes.subList(1, nodes.size()).stream()
            .filter(MemberJvm::wasReady)
            .map(MemberJvm::address)
            .collect(Collectors.toSet());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            here.stream()
                .flatMap(instance -> instance.getCluster().getMembers().stream())
                .map(m -> m.getAddress().getHost() + ":" + m.getAddress().getPort())
                .noneMatch(ended::contains));
  }

  @Override
  public void close() {
    nodes.forEach(MemberJvm::close); // first: none waits for one that is stopped
    here.stream()
        .filter(instance -> instance.getLifecycleService().isRunning())
        .forEach(instance -> instance.getLifecycleService().terminate());
  }
}
